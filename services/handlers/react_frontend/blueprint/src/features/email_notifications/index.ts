import { defineFeature } from "../../shared/feature.ts";

export const feature = defineFeature({
  name: "email_notifications",
  routes: [
    {
      path: "/email-messages",
      access: (visitor) => visitor.can("mails.read"),
      load: () => import("./email-message/EmailMessageListPage.tsx"),
    },
    {
      path: "/email-messages/:id",
      access: (visitor) => visitor.can("mails.read"),
      load: () => import("./email-message/EmailMessageDetailPage.tsx"),
    },
  ],
  menu: [
    {
      section: "admin",
      label: "Mails",
      path: "/email-messages",
      icon: "mail",
      access: (visitor) => visitor.can("mails.read"),
    },
  ],
});
