import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page, RowArguments, UpdateArguments } from "../../../shared/api/types.ts";
import type { User, UserInput } from "../../authentication/user/types.ts";

const shownIn = [
  "Session",
  "AuditEntry",
  "StoredFile",
  "Notification",
  "NotificationPreference",
  "Membership",
  "Message",
  "Role",
  "Sample",
] as const;
const changed = ["User", ...shownIn, { type: "Choices", id: "users" }] as const;
const removed = [
  { type: "User", id: "LIST" },
  { type: "User", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "users" },
] as const;

export const userApi = api.enhanceEndpoints({ addTagTypes: ["User", ...shownIn] }).injectEndpoints({
  endpoints: (build) => ({
    listUsers: build.query<Page<User>, ListQuery>({
      query: (params) => ({ url: "/users", params }),
      providesTags: [{ type: "User", id: "LIST" }],
    }),
    readUser: build.query<User, string>({
      query: (id) => ({ url: `/users/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "User", id }],
    }),
    createUser: build.mutation<User, UserInput>({
      query: (body) => ({ url: "/users", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateUser: build.mutation<User, UpdateArguments<UserInput>>({
      query: ({ id, version, changes }) => ({ url: `/users/${id}`, method: "PATCH", body: changes, version }),
      invalidatesTags: [...changed],
    }),
    deleteUser: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/users/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
    restoreUser: build.mutation<User, RowArguments>({
      query: ({ id, version }) => ({ url: `/users/${id}/restore`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
    deactivateUser: build.mutation<User, RowArguments>({
      query: ({ id, version }) => ({ url: `/users/${id}/deactivate`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
    reactivateUser: build.mutation<User, RowArguments>({
      query: ({ id, version }) => ({ url: `/users/${id}/reactivate`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const {
  useListUsersQuery,
  useReadUserQuery,
  useCreateUserMutation,
  useUpdateUserMutation,
  useDeleteUserMutation,
  useRestoreUserMutation,
  useDeactivateUserMutation,
  useReactivateUserMutation,
} = userApi;
