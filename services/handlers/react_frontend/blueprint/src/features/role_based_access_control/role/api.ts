import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page, RowArguments, UpdateArguments } from "../../../shared/api/types.ts";
import type { Role, RoleInput } from "./types.ts";

const shownIn = ["User", "StoredFile", "Notification"] as const;
const changed = ["Role", ...shownIn, { type: "Choices", id: "roles" }] as const;
const removed = [
  { type: "Role", id: "LIST" },
  { type: "Role", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "roles" },
] as const;

export const roleApi = api.enhanceEndpoints({ addTagTypes: ["Role", ...shownIn] }).injectEndpoints({
  endpoints: (build) => ({
    listRoles: build.query<Page<Role>, ListQuery>({
      query: (params) => ({ url: "/roles", params }),
      providesTags: [{ type: "Role", id: "LIST" }],
    }),
    readRole: build.query<Role, string>({
      query: (id) => ({ url: `/roles/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Role", id }],
    }),
    createRole: build.mutation<Role, RoleInput>({
      query: (body) => ({ url: "/roles", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateRole: build.mutation<Role, UpdateArguments<RoleInput>>({
      query: ({ id, version, changes }) => ({ url: `/roles/${id}`, method: "PATCH", body: changes, version }),
      invalidatesTags: [...changed],
    }),
    deleteRole: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/roles/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
  }),
});

export const {
  useListRolesQuery,
  useReadRoleQuery,
  useCreateRoleMutation,
  useUpdateRoleMutation,
  useDeleteRoleMutation,
} = roleApi;
