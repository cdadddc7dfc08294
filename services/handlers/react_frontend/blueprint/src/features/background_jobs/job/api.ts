import { api } from "../../../shared/api/api.ts";
import type { CursorPage, ListQuery, RowArguments } from "../../../shared/api/types.ts";
import type { Job } from "./types.ts";

const changed = ["Job", { type: "Choices", id: "jobs" }] as const;

export const jobApi = api.enhanceEndpoints({ addTagTypes: ["Job"] }).injectEndpoints({
  endpoints: (build) => ({
    listJobs: build.infiniteQuery<CursorPage<Job>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: params, pageParam }) => ({
        url: "/jobs",
        params: pageParam === "" ? params : { ...params, cursor: pageParam },
      }),
      providesTags: [{ type: "Job", id: "LIST" }],
      // Rows appear without any act of this page, so what was kept is never shown again without asking.
      keepUnusedDataFor: 0,
    }),
    readJob: build.query<Job, string>({
      query: (id) => ({ url: `/jobs/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Job", id }],
    }),
    retryJob: build.mutation<Job, RowArguments>({
      query: ({ id, version }) => ({ url: `/jobs/${id}/retry`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
    cancelJob: build.mutation<Job, RowArguments>({
      query: ({ id, version }) => ({ url: `/jobs/${id}/cancel`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const { useListJobsInfiniteQuery, useReadJobQuery, useRetryJobMutation, useCancelJobMutation } =
  jobApi;
