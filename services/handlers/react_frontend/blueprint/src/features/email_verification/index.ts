import { defineFeature } from "../../shared/feature.ts";
import { anyone } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "email_verification",
  routes: [
    { path: "/verify-email", access: anyone, layout: "bare", load: () => import("./VerifyEmailPage.tsx") },
  ],
  menu: [],
  gates: { email_unverified: "/verify-email" },
});
