import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "background_jobs",
  routes: [
    {
      path: "/jobs",
      access: (visitor) => visitor.can("jobs.read"),
      load: () => import("./job/JobListPage.tsx"),
    },
    {
      path: "/jobs/:id",
      access: (visitor) => visitor.can("jobs.read"),
      load: () => import("./job/JobDetailPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Jobs",
      path: "/jobs",
      icon: "play",
      access: (visitor) => visitor.can("jobs.read"),
    },
  ],
});
