import { api } from "../../shared/api/api.ts";

export const notificationsApi = api.injectEndpoints({
  endpoints: (build) => ({
    sendTestNotification: build.mutation<void, void>({
      query: () => ({ url: "/send-test-notification", method: "POST" }),
    }),
  }),
});

export const { useSendTestNotificationMutation } = notificationsApi;
