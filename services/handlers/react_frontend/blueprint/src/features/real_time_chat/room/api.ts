import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page, Reference, RowArguments, UpdateArguments } from "../../../shared/api/types.ts";
import type { Room, RoomInput } from "./types.ts";

export interface DirectRoomsAnswer {
  room: Reference;
}

export interface DirectRoomsInput {
  user: string;
}

export interface MarkReadRoomInput {
  up_to: number;
}

const shownIn = ["StoredFile", "Notification", "Membership", "Message"] as const;
const changed = ["Room", ...shownIn, { type: "Choices", id: "rooms" }] as const;
const removed = [
  { type: "Room", id: "LIST" },
  { type: "Room", id: "FIGURES" },
  ...shownIn,
  { type: "Choices", id: "rooms" },
] as const;

export const roomApi = api.enhanceEndpoints({ addTagTypes: ["Room", ...shownIn] }).injectEndpoints({
  endpoints: (build) => ({
    listRooms: build.query<Page<Room>, ListQuery>({
      query: (params) => ({ url: "/rooms", params }),
      providesTags: [{ type: "Room", id: "LIST" }],
    }),
    readRoom: build.query<Room, string>({
      query: (id) => ({ url: `/rooms/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Room", id }],
    }),
    createRoom: build.mutation<Room, RoomInput>({
      query: (body) => ({ url: "/rooms", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    updateRoom: build.mutation<Room, UpdateArguments<RoomInput>>({
      query: ({ id, version, changes }) => ({ url: `/rooms/${id}`, method: "PATCH", body: changes, version }),
      invalidatesTags: [...changed],
    }),
    deleteRoom: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/rooms/${id}`, method: "DELETE", version }),
      invalidatesTags: [...removed],
    }),
    directRooms: build.mutation<DirectRoomsAnswer, DirectRoomsInput>({
      query: (body) => ({ url: "/rooms/direct", method: "POST", body }),
      invalidatesTags: [...changed],
    }),
    typingRoom: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/rooms/${id}/typing`, method: "POST", version }),
    }),
    markReadRoom: build.mutation<Room, RowArguments & { input: MarkReadRoomInput }>({
      query: ({ id, version, input }) => ({
        url: `/rooms/${id}/mark-read`,
        method: "POST",
        body: input,
        version,
      }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const {
  useListRoomsQuery,
  useReadRoomQuery,
  useCreateRoomMutation,
  useUpdateRoomMutation,
  useDeleteRoomMutation,
  useDirectRoomsMutation,
  useTypingRoomMutation,
  useMarkReadRoomMutation,
} = roomApi;
