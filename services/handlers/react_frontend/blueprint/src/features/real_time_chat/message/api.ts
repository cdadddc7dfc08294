import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery } from "../../../shared/api/types.ts";
import type { Message, MessageInput } from "./types.ts";

const shownIn = ["StoredFile", "Room", "Membership"] as const;
const changed = ["Message", ...shownIn, { type: "Choices", id: "messages" }] as const;
const removed = [
  { type: "Message", id: "LIST" },
  { type: "Message", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "messages" },
] as const;

export const messageApi = api.enhanceEndpoints({ addTagTypes: ["Message", ...shownIn] }).injectEndpoints({
  endpoints: (build) => ({
    listMessages: build.infiniteQuery<CursorPage<Message>, { room_id: string; params: ListQuery }, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: { room_id, params }, pageParam }) => ({
        url: `/rooms/${room_id}/messages`,
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "Message", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readMessage: build.query<Message, { room_id: string; id: string }>({
      query: ({ room_id, id }) => ({ url: `/rooms/${room_id}/messages/${id}` }),
      providesTags: (_row, _error, { id }) => [{ type: "Message", id }],
    }),
    createMessage: build.mutation<Message, { room_id: string; body: MessageInput }>({
      query: ({ room_id, body }) => ({ url: `/rooms/${room_id}/messages`, method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateMessage: build.mutation<Message, { room_id: string; id: string; body: Partial<MessageInput> }>({
      query: ({ room_id, id, body }) => ({ url: `/rooms/${room_id}/messages/${id}`, method: "PATCH", body }),
      invalidatesTags: [...changed],
    }),
    deleteMessage: build.mutation<void, { room_id: string; id: string }>({
      query: ({ room_id, id }) => ({ url: `/rooms/${room_id}/messages/${id}`, method: "DELETE" }),
      invalidatesTags: [...removed],
    }),
  }),
});

export const {
  useListMessagesInfiniteQuery,
  useReadMessageQuery,
  useCreateMessageMutation,
  useUpdateMessageMutation,
  useDeleteMessageMutation,
} = messageApi;
