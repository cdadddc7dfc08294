import { api } from "../../../src/shared/api/api.ts";
import type {
  CursorPage,
  ListQuery,
  Page as PageOfRows,
  Reference,
  RowArguments,
  UpdateArguments,
  VersionedRow,
} from "../../../src/shared/api/types.ts";

/** A row with a field of every kind, so that what pages share is tested whatever features an application has. */
export interface Thing extends VersionedRow {
  name: string;
  kind: string | null;
  size: number | null;
  price: string | null;
  active: boolean | null;
  owner: Reference | null;
  tags: Reference[];
  note: string | null;
  due: string | null;
  at: string | null;
  data: unknown;
  link: string | null;
}

export interface ThingInput {
  name: string;
  kind: string | null;
  size: number | null;
  price: string | null;
  active: boolean;
  owner: string | null;
  tags: string[];
  note: string | null;
  at: string | null;
  data: unknown;
  link: string | null;
  secret: string | null;
}

export const kindLabels = { round: "Round", square: "Square" };
const tags = [{ type: "Thing" }, { type: "Thing", id: "LIST" }, { type: "Choices", id: "things" }] as const;

export const thingApi = api.enhanceEndpoints({ addTagTypes: ["Thing"] }).injectEndpoints({
  overrideExisting: true,
  endpoints: (build) => ({
    listThings: build.query<PageOfRows<Thing>, ListQuery>({
      query: (params) => ({ url: "/things", params }),
      providesTags: [{ type: "Thing", id: "LIST" }],
    }),
    followThings: build.infiniteQuery<CursorPage<Thing>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg, pageParam }) => ({
        url: "/log",
        params: pageParam === "" ? queryArg : { ...queryArg, cursor: pageParam },
      }),
    }),
    readThing: build.query<Thing, string>({
      query: (id) => ({ url: `/things/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Thing", id }],
    }),
    createThing: build.mutation<Thing, ThingInput>({
      query: (body) => ({ url: "/things", method: "POST", body }),
      invalidatesTags: [...tags],
    }),
    updateThing: build.mutation<Thing, UpdateArguments<ThingInput>>({
      query: ({ id, version, changes }) => ({
        url: `/things/${id}`,
        method: "PATCH",
        body: changes,
        version,
      }),
      invalidatesTags: [...tags],
    }),
    deleteThing: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/things/${id}`, method: "DELETE", version }),
      invalidatesTags: [{ type: "Thing", id: "LIST" }],
    }),
    polishThing: build.mutation<Thing, RowArguments>({
      query: ({ id, version }) => ({ url: `/things/${id}/polish`, method: "POST", version }),
      invalidatesTags: [...tags],
    }),
    renameThing: build.mutation<Thing, RowArguments & { input: { name: string } }>({
      query: ({ id, version, input }) => ({
        url: `/things/${id}/rename`,
        method: "POST",
        body: input,
        version,
      }),
      invalidatesTags: [...tags],
    }),
    restoreThing: build.mutation<Thing, RowArguments>({
      query: ({ id }) => ({ url: `/things/${id}/restore`, method: "POST" }),
      invalidatesTags: [...tags],
    }),
  }),
});
