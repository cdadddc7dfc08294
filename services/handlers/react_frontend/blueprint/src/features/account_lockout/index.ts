import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "account_lockout",
  routes: [
    {
      path: "/failed-logins",
      access: (visitor) => visitor.can("lockout.manage"),
      load: () => import("./failed-login/FailedLoginListPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Failed sign-ins",
      path: "/failed-logins",
      icon: "lock",
      access: (visitor) => visitor.can("lockout.manage"),
    },
  ],
});
