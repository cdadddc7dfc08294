import { defineFeature } from "../../shared/feature.js";
import { anyone } from "../../shared/session/session.js";
import { plugin } from "./plugin.jsx";

export const feature = defineFeature({
  name: "authentication",
  routes: [
    { path: "/login", access: anyone, layout: "bare", load: () => import("./LoginPage.jsx") },
    { path: "/register", access: anyone, layout: "bare", load: () => import("./RegisterPage.jsx") },
  ],
  menu: [],
  ...plugin,
});
