import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery, RowArguments } from "../../../shared/api/types.ts";
import type { EmailMessage } from "./types.ts";

const changed = ["EmailMessage", { type: "Choices", id: "email-messages" }] as const;

export const emailMessageApi = api.enhanceEndpoints({ addTagTypes: ["EmailMessage"] }).injectEndpoints({
  endpoints: (build) => ({
    listEmailMessages: build.infiniteQuery<CursorPage<EmailMessage>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: params, pageParam }) => ({
        url: "/email-messages",
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "EmailMessage", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readEmailMessage: build.query<EmailMessage, string>({
      query: (id) => ({ url: `/email-messages/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "EmailMessage", id }],
    }),
    retryEmailMessage: build.mutation<EmailMessage, RowArguments>({
      query: ({ id, version }) => ({ url: `/email-messages/${id}/retry`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const { useListEmailMessagesInfiniteQuery, useReadEmailMessageQuery, useRetryEmailMessageMutation } =
  emailMessageApi;
