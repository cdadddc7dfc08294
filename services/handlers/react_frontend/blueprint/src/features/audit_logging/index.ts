import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "audit_logging",
  routes: [
    {
      path: "/audit-entries",
      access: (visitor) => visitor.can("audit.read"),
      load: () => import("./audit-entry/AuditEntryListPage.tsx"),
    },
    {
      path: "/audit-entries/:id",
      access: (visitor) => visitor.can("audit.read"),
      load: () => import("./audit-entry/AuditEntryDetailPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Audit log",
      path: "/audit-entries",
      icon: "history",
      access: (visitor) => visitor.can("audit.read"),
    },
  ],
});
