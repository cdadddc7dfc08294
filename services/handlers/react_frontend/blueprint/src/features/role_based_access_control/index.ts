import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "role_based_access_control",
  routes: [
    {
      path: "/roles",
      access: (visitor) => visitor.can("roles.read"),
      load: () => import("./role/RoleListPage.tsx"),
    },
    {
      path: "/roles/new",
      access: (visitor) => visitor.can("roles.manage"),
      load: () => import("./role/RoleCreatePage.tsx"),
    },
    {
      path: "/roles/permissions",
      access: (visitor) => visitor.can("roles.manage") && visitor.can("roles.read"),
      load: () => import("./role/RolePermissionsGridPage.tsx"),
    },
    {
      path: "/roles/:id",
      access: (visitor) => visitor.can("roles.read"),
      load: () => import("./role/RoleDetailPage.tsx"),
    },
    {
      path: "/roles/:id/edit",
      access: (visitor) => visitor.can("roles.manage"),
      load: () => import("./role/RoleEditPage.tsx"),
    },
    {
      path: "/users/roles",
      access: (visitor) => visitor.can("roles.manage") && visitor.can("users.read"),
      load: () => import("./user/UserRolesGridPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Roles",
      path: "/roles",
      icon: "shield",
      access: (visitor) => visitor.can("roles.read"),
    },
    {
      section: "admin",
      label: "Permissions of roles",
      path: "/roles/permissions",
      icon: "grid",
      access: (visitor) => visitor.can("roles.manage") && visitor.can("roles.read"),
    },
    {
      section: "admin",
      label: "Roles of users",
      path: "/users/roles",
      icon: "grid",
      access: (visitor) => visitor.can("roles.manage") && visitor.can("users.read"),
    },
  ],
});
