import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page } from "../../../shared/api/types.ts";
import type { Permission } from "./types.ts";

export const permissionApi = api.enhanceEndpoints({ addTagTypes: ["Permission"] }).injectEndpoints({
  endpoints: (build) => ({
    listPermissions: build.query<Page<Permission>, ListQuery>({
      query: (params) => ({ url: "/permissions", params }),
      providesTags: [{ type: "Permission", id: "LIST" }],
    }),
  }),
});

export const { useListPermissionsQuery } = permissionApi;
