import { api } from "../../../shared/api/api.js";

const changed = ["Sample", { type: "Choices", id: "samples" }];
const removed = [
  { type: "Sample", id: "LIST" },
  { type: "Sample", id: "FIGURES" },
  { type: "Choices", id: "samples" },
];

export const sampleApi = api.enhanceEndpoints({ addTagTypes: ["Sample"] }).injectEndpoints({
  endpoints: (build) => ({
    listSamples: build.query({
      query: (params) => ({ url: "/samples", params }),
      providesTags: [{ type: "Sample", id: "LIST" }],
    }),
    readSample: build.query({
      query: (id) => ({ url: `/samples/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Sample", id }],
    }),
    createSample: build.mutation({
      query: (body) => ({ url: "/samples", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateSample: build.mutation({
      query: ({ id, version, changes }) => ({
        url: `/samples/${id}`,
        method: "PATCH",
        body: changes,
        version,
      }),
      invalidatesTags: [...changed],
    }),
    deleteSample: build.mutation({
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
