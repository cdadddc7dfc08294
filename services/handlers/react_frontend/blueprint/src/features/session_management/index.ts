import { defineFeature } from "../../shared/feature.ts";
import { signedIn } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "session_management",
  routes: [{ path: "/sessions", access: signedIn, load: () => import("./session/SessionListPage.tsx") }],
  menu: [{ section: "account", label: "Devices", path: "/sessions", icon: "device", access: signedIn }],
});
