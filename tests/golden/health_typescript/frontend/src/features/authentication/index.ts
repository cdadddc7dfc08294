import { defineFeature } from "../../shared/feature.ts";
import { anyone } from "../../shared/session/session.ts";
import { plugin } from "./plugin.tsx";

export const feature = defineFeature({
  name: "authentication",
  routes: [
    { path: "/login", access: anyone, layout: "bare", load: () => import("./LoginPage.tsx") },
    { path: "/register", access: anyone, layout: "bare", load: () => import("./RegisterPage.tsx") },
  ],
  menu: [],
  ...plugin,
});
