import { defineFeature } from "../../shared/feature.ts";
import { anyone } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "api_documentation",
  routes: [{ path: "/docs", access: anyone, load: () => import("./DocsPage.tsx") }],
  menu: [{ section: "account", label: "API", path: "/docs", icon: "code", access: anyone }],
});
