import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery, RowArguments } from "../../../shared/api/types.ts";
import type { FailedLogin } from "./types.ts";

const changed = ["FailedLogin", { type: "Choices", id: "failed-logins" }] as const;

export const failedLoginApi = api.enhanceEndpoints({ addTagTypes: ["FailedLogin"] }).injectEndpoints({
  endpoints: (build) => ({
    listFailedLogins: build.infiniteQuery<CursorPage<FailedLogin>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: params, pageParam }) => ({
        url: "/failed-logins",
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "FailedLogin", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readFailedLogin: build.query<FailedLogin, string>({
      query: (id) => ({ url: `/failed-logins/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "FailedLogin", id }],
    }),
    unlockFailedLogin: build.mutation<FailedLogin, RowArguments>({
      query: ({ id, version }) => ({ url: `/failed-logins/${id}/unlock`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const { useListFailedLoginsInfiniteQuery, useReadFailedLoginQuery, useUnlockFailedLoginMutation } =
  failedLoginApi;
