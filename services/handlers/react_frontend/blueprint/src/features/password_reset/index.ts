import { defineFeature } from "../../shared/feature.ts";
import { anyone } from "../../shared/session/session.ts";
import { plugin } from "./plugin.tsx";

export const feature = defineFeature({
  name: "password_reset",
  routes: [
    {
      path: "/forgot-password",
      access: anyone,
      layout: "bare",
      load: () => import("./ForgotPasswordPage.tsx"),
    },
    {
      path: "/reset-password",
      access: anyone,
      layout: "bare",
      load: () => import("./ResetPasswordPage.tsx"),
    },
  ],
  menu: [],
  ...plugin,
});
