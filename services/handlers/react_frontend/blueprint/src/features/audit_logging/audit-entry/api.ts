import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery } from "../../../shared/api/types.ts";
import type { AuditEntry } from "./types.ts";

export const auditEntryApi = api.enhanceEndpoints({ addTagTypes: ["AuditEntry"] }).injectEndpoints({
  endpoints: (build) => ({
    listAuditEntries: build.infiniteQuery<CursorPage<AuditEntry>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: params, pageParam }) => ({
        url: "/audit-entries",
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "AuditEntry", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readAuditEntry: build.query<AuditEntry, string>({
      query: (id) => ({ url: `/audit-entries/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "AuditEntry", id }],
    }),
  }),
});

export const { useListAuditEntriesInfiniteQuery, useReadAuditEntryQuery } = auditEntryApi;
