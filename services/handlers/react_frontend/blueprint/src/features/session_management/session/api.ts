import { api } from "../../../shared/api/api.ts";
import type { ListQuery, Page, RowArguments } from "../../../shared/api/types.ts";
import type { Session } from "../../authentication/session/types.ts";

const changed = ["Session", { type: "Choices", id: "sessions" }] as const;

export const sessionApi = api.enhanceEndpoints({ addTagTypes: ["Session"] }).injectEndpoints({
  endpoints: (build) => ({
    listSessions: build.query<Page<Session>, ListQuery>({
      query: (params) => ({ url: "/sessions", params }),
      providesTags: [{ type: "Session", id: "LIST" }],
    }),
    readSession: build.query<Session, string>({
      query: (id) => ({ url: `/sessions/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Session", id }],
    }),
    endSession: build.mutation<Session, RowArguments>({
      query: ({ id, version }) => ({ url: `/sessions/${id}/end`, method: "POST", version }),
      invalidatesTags: [...changed],
    }),
    endOthersSessions: build.mutation<void, void>({
      query: () => ({ url: "/sessions/end-others", method: "POST" }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const {
  useListSessionsQuery,
  useReadSessionQuery,
  useEndSessionMutation,
  useEndOthersSessionsMutation,
} = sessionApi;
