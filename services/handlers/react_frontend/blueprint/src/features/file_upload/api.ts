import { api } from "../../shared/api/api.ts";
import { toFormData } from "../../shared/api/formData.ts";
import type { Reference } from "../../shared/api/types.ts";

export interface UploadAnswer {
  file: Reference;
}

export interface UploadInput {
  content: Blob;
  target?: { type: string; id: string } | null;
}

export interface StartUploadAnswer {
  file: Reference;
}

export interface StartUploadInput {
  name: string;
  size: number;
  target?: { type: string; id: string } | null;
}

export const fileUploadApi = api.injectEndpoints({
  endpoints: (build) => ({
    upload: build.mutation<UploadAnswer, UploadInput>({
      query: (body) => ({ url: "/upload", method: "POST", body: toFormData(body) }),
    }),
    startUpload: build.mutation<StartUploadAnswer, StartUploadInput>({
      query: (body) => ({ url: "/start-upload", method: "POST", body }),
    }),
  }),
});

export const { useUploadMutation, useStartUploadMutation } = fileUploadApi;
