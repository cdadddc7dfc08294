import { api } from "../../shared/api/api.ts";

export const emailNotificationsApi = api.injectEndpoints({
  endpoints: (build) => ({
    sendTestMail: build.mutation<void, void>({
      query: () => ({ url: "/send-test-mail", method: "POST" }),
    }),
  }),
});

export const { useSendTestMailMutation } = emailNotificationsApi;
