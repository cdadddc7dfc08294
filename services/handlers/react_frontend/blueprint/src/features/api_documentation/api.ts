import { api } from "../../shared/api/api.ts";

export const apiDocumentationApi = api.injectEndpoints({
  endpoints: (build) => ({
    openapi: build.query<unknown, void>({
      query: () => ({ url: "/openapi" }),
    }),
  }),
});

export const { useOpenapiQuery } = apiDocumentationApi;
