import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery, RowArguments } from "../../../shared/api/types.ts";
import type { NotificationModel } from "./types.ts";

export interface UnreadCountNotificationsAnswer {
  count: number;
}

const changed = ["Notification", { type: "Choices", id: "notifications" }] as const;
const removed = [
  { type: "Notification", id: "LIST" },
  { type: "Notification", id: "FIGURES" },
  { type: "Choices", id: "notifications" },
] as const;

export const notificationApi = api.enhanceEndpoints({ addTagTypes: ["Notification"] }).injectEndpoints({
  endpoints: (build) => ({
    listNotifications: build.infiniteQuery<CursorPage<NotificationModel>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: params, pageParam }) => ({
        url: "/notifications",
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "Notification", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readNotificationModel: build.query<NotificationModel, string>({
      query: (id) => ({ url: `/notifications/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Notification", id }],
    }),
    deleteNotificationModel: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/notifications/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
    markReadNotificationModel: build.mutation<NotificationModel, RowArguments>({
      query: ({ id, version }) => ({ url: `/notifications/${id}/mark-read`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
    markAllReadNotifications: build.mutation<void, void>({
      query: () => ({ url: "/notifications/mark-all-read", method: "POST" }),
      invalidatesTags: [...changed],
    }),
    unreadCountNotifications: build.query<UnreadCountNotificationsAnswer, void>({
      query: () => ({ url: "/notifications/unread-count" }),
      providesTags: [{ type: "Notification", id: "FIGURES" }],
    }),
  }),
});

export const {
  useListNotificationsInfiniteQuery,
  useReadNotificationModelQuery,
  useDeleteNotificationModelMutation,
  useMarkReadNotificationModelMutation,
  useMarkAllReadNotificationsMutation,
  useUnreadCountNotificationsQuery,
} = notificationApi;
