import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "user_management",
  routes: [
    {
      path: "/users",
      access: (visitor) => visitor.can("users.read"),
      load: () => import("./user/UserListPage.tsx"),
    },
    {
      path: "/users/new",
      access: (visitor) => visitor.can("users.manage"),
      load: () => import("./user/UserCreatePage.tsx"),
    },
    {
      path: "/users/:id",
      access: (visitor) => visitor.can("users.read"),
      load: () => import("./user/UserDetailPage.tsx"),
    },
    {
      path: "/users/:id/edit",
      access: (visitor) => visitor.can("users.manage"),
      load: () => import("./user/UserEditPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Users",
      path: "/users",
      icon: "people",
      access: (visitor) => visitor.can("users.read"),
    },
  ],
});
