import { defineFeature } from "../../shared/feature.js";
import { signedIn } from "../../shared/session/session.js";

export const feature = defineFeature({
  name: "domain",
  routes: [
    { path: "/samples", access: signedIn, load: () => import("./sample/SampleListPage.jsx") },
    { path: "/samples/new", access: signedIn, load: () => import("./sample/SampleCreatePage.jsx") },
    { path: "/samples/:id", access: signedIn, load: () => import("./sample/SampleDetailPage.jsx") },
    { path: "/samples/:id/edit", access: signedIn, load: () => import("./sample/SampleEditPage.jsx") },
  ],
  menu: [{ section: "main", label: "Samples", path: "/samples", icon: "list", access: signedIn }],
  slots: {
    home: [{ key: "samples", access: signedIn, load: () => import("./sample/SampleHomeCard.jsx") }],
  },
});
