import { defineFeature } from "../../shared/feature.ts";
import { signedIn } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "domain",
  routes: [
    { path: "/samples", access: signedIn, load: () => import("./sample/SampleListPage.tsx") },
    { path: "/samples/new", access: signedIn, load: () => import("./sample/SampleCreatePage.tsx") },
    { path: "/samples/:id", access: signedIn, load: () => import("./sample/SampleDetailPage.tsx") },
    { path: "/samples/:id/edit", access: signedIn, load: () => import("./sample/SampleEditPage.tsx") },
  ],
  menu: [{ section: "main", label: "Samples", path: "/samples", icon: "list", access: signedIn }],
  slots: {
    home: [{ key: "samples", access: signedIn, load: () => import("./sample/SampleHomeCard.tsx") }],
  },
});
