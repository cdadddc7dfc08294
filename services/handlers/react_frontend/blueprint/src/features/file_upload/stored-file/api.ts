import { api } from "../../../shared/api/api.ts";
import { toFormData } from "../../../shared/api/formData.ts";
import type { ListQuery, Page, RowArguments, UpdateArguments } from "../../../shared/api/types.ts";
import type { StoredFile, StoredFileInput } from "./types.ts";

export interface AppendStoredFileAnswer {
  received: number;
  state: "receiving" | "ready";
}

export interface AppendStoredFileInput {
  offset: number;
  content: Blob;
}

const changed = ["StoredFile", { type: "Choices", id: "stored-files" }] as const;
const removed = [
  { type: "StoredFile", id: "LIST" },
  { type: "StoredFile", id: "FIGURES" },
  { type: "Choices", id: "stored-files" },
] as const;

export const storedFileApi = api.enhanceEndpoints({ addTagTypes: ["StoredFile"] }).injectEndpoints({
  endpoints: (build) => ({
    listStoredFiles: build.query<Page<StoredFile>, ListQuery>({
      query: (params) => ({ url: "/stored-files", params }),
      providesTags: [{ type: "StoredFile", id: "LIST" }],
    }),
    readStoredFile: build.query<StoredFile, string>({
      query: (id) => ({ url: `/stored-files/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "StoredFile", id }],
    }),
    updateStoredFile: build.mutation<StoredFile, UpdateArguments<StoredFileInput>>({
      query: ({ id, version, changes }) => ({
        url: `/stored-files/${id}`,
        method: "PATCH",
        body: changes,
        version,
      }),
      invalidatesTags: [...changed],
    }),
    deleteStoredFile: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/stored-files/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
    appendStoredFile: build.mutation<AppendStoredFileAnswer, RowArguments & { input: AppendStoredFileInput }>(
      {
        query: ({ id, version, input }) => ({
          url: `/stored-files/${id}/append`,
          method: "POST",
          body: toFormData(input),
          version,
        }),
        invalidatesTags: [...changed],
      },
    ),
  }),
});

export const {
  useListStoredFilesQuery,
  useReadStoredFileQuery,
  useUpdateStoredFileMutation,
  useDeleteStoredFileMutation,
  useAppendStoredFileMutation,
} = storedFileApi;
