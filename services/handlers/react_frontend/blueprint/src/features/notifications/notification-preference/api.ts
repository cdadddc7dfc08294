import { api } from "../../../shared/api/api.ts";
import type { NotificationPreference } from "./types.ts";

export interface PutNotificationPreferenceInput {
  in_app: boolean;
  email: boolean;
}

const changed = ["NotificationPreference", { type: "Choices", id: "notification-preferences" }] as const;
const removed = [
  { type: "NotificationPreference", id: "LIST" },
  { type: "NotificationPreference", id: "FIGURES" },
  { type: "Choices", id: "notification-preferences" },
] as const;

export const notificationPreferenceApi = api
  .enhanceEndpoints({ addTagTypes: ["NotificationPreference"] })
  .injectEndpoints({
    endpoints: (build) => ({
      readNotificationPreference: build.query<NotificationPreference, { kind: string }>({
        query: ({ kind }) => ({ url: `/notification-preferences/${kind}` }),
        providesTags: [{ type: "NotificationPreference", id: "LIST" }],
      }),
      deleteNotificationPreference: build.mutation<void, { kind: string }>({
        query: ({ kind }) => ({ url: `/notification-preferences/${kind}`, method: "DELETE" }),
        invalidatesTags: [...removed],
      }),
      putNotificationPreference: build.mutation<
        NotificationPreference,
        { kind: string; body: PutNotificationPreferenceInput }
      >({
        query: ({ kind, body }) => ({ url: `/notification-preferences/${kind}`, method: "PUT", body }),
        invalidatesTags: [...changed],
      }),
    }),
  });

export const {
  useReadNotificationPreferenceQuery,
  useDeleteNotificationPreferenceMutation,
  usePutNotificationPreferenceMutation,
} = notificationPreferenceApi;
