import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "health_monitoring",
  routes: [
    {
      path: "/admin/health",
      access: (visitor) => visitor.can("health.read"),
      load: () => import("./HealthPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Health",
      path: "/admin/health",
      icon: "pulse",
      access: (visitor) => visitor.can("health.read"),
    },
  ],
});
