import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page, RowArguments, UpdateArguments } from "../../../shared/api/types.ts";
import type { Sample, SampleInput } from "./types.ts";

const shownIn = ["StoredFile", "Notification"] as const;
const changed = ["Sample", ...shownIn, { type: "Choices", id: "samples" }] as const;
const removed = [
  { type: "Sample", id: "LIST" },
  { type: "Sample", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "samples" },
] as const;

export const sampleApi = api.enhanceEndpoints({ addTagTypes: ["Sample", ...shownIn] }).injectEndpoints({
  endpoints: (build) => ({
    listSamples: build.query<Page<Sample>, ListQuery>({
      query: (params) => ({ url: "/samples", params }),
      providesTags: [{ type: "Sample", id: "LIST" }],
    }),
    readSample: build.query<Sample, string>({
      query: (id) => ({ url: `/samples/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Sample", id }],
    }),
    createSample: build.mutation<Sample, SampleInput>({
      query: (body) => ({ url: "/samples", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateSample: build.mutation<Sample, UpdateArguments<SampleInput>>({
      query: ({ id, version, changes }) => ({
        url: `/samples/${id}`,
        method: "PATCH",
        body: changes,
        version,
      }),
      invalidatesTags: [...changed],
    }),
    deleteSample: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/samples/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
  }),
});

export const {
  useListSamplesQuery,
  useReadSampleQuery,
  useCreateSampleMutation,
  useUpdateSampleMutation,
  useDeleteSampleMutation,
} = sampleApi;
