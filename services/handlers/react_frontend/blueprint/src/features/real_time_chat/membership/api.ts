import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page } from "../../../shared/api/types.ts";
import type { Membership, MembershipInput } from "./types.ts";

const shownIn = ["StoredFile", "Room"] as const;
const changed = ["Membership", ...shownIn, { type: "Choices", id: "memberships" }] as const;
const removed = [
  { type: "Membership", id: "LIST" },
  { type: "Membership", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "memberships" },
] as const;

export const membershipApi = api
  .enhanceEndpoints({ addTagTypes: ["Membership", ...shownIn] })
  .injectEndpoints({
    endpoints: (build) => ({
      listMemberships: build.query<Page<Membership>, { room_id: string; params: ListQuery }>({
        query: ({ room_id, params }) => ({ url: `/rooms/${room_id}/members`, params }),
        providesTags: [{ type: "Membership", id: "LIST" }],
      }),
      readMembership: build.query<Membership, { room_id: string; id: string }>({
        query: ({ room_id, id }) => ({ url: `/rooms/${room_id}/members/${id}` }),
        providesTags: (_row, _error, { id }) => [{ type: "Membership", id }],
      }),
      createMembership: build.mutation<Membership, { room_id: string; body: MembershipInput }>({
        query: ({ room_id, body }) => ({ url: `/rooms/${room_id}/members`, method: "POST", body }),
        invalidatesTags: [...changed],
      }),
      updateMembership: build.mutation<
        Membership,
        { room_id: string; id: string; body: Partial<MembershipInput> }
      >({
        query: ({ room_id, id, body }) => ({ url: `/rooms/${room_id}/members/${id}`, method: "PATCH", body }),
        invalidatesTags: [...changed],
      }),
      deleteMembership: build.mutation<void, { room_id: string; id: string }>({
        query: ({ room_id, id }) => ({ url: `/rooms/${room_id}/members/${id}`, method: "DELETE" }),
        invalidatesTags: [...removed],
      }),
    }),
  });

export const {
  useListMembershipsQuery,
  useReadMembershipQuery,
  useCreateMembershipMutation,
  useUpdateMembershipMutation,
  useDeleteMembershipMutation,
} = membershipApi;
