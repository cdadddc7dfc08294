import { defineFeature } from "../../shared/feature.ts";
import { signedIn } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "notifications",
  routes: [
    {
      path: "/notification-preferences",
      access: signedIn,
      load: () => import("./notification-preference/NotificationPreferenceFormPage.tsx"),
    },
    {
      path: "/notifications",
      access: signedIn,
      load: () => import("./notification/NotificationListPage.tsx"),
    },
    {
      path: "/notifications/:id",
      access: signedIn,
      load: () => import("./notification/NotificationDetailPage.tsx"),
    },
  ],
  menu: [
    {
      section: "account",
      label: "Notification preferences",
      path: "/notification-preferences",
      icon: "settings",
      access: signedIn,
    },
    { section: "main", label: "Notifications", path: "/notifications", icon: "bell", access: signedIn },
  ],
  slots: {
    header: [
      {
        key: "NotificationInboxPanel",
        access: signedIn,
        load: () => import("./notification/NotificationInboxPanel.tsx"),
      },
    ],
  },
});
