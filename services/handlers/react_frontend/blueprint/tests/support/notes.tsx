import { api } from "../../src/shared/api/api.ts";
import type { CursorPage, ListQuery, Row } from "../../src/shared/api/types.ts";
import { useOptimistic } from "../../src/shared/api/useOptimistic.ts";
import { defineFeature } from "../../src/shared/feature.ts";
import { InboxButton } from "../../src/shared/inbox/InboxButton.tsx";
import { InboxList } from "../../src/shared/inbox/InboxList.tsx";
import { signedIn } from "../../src/shared/session/session.ts";
import { toasts } from "../../src/shared/ui/toasts.ts";
import { storedRow } from "./rows.ts";

interface Note extends Row {
  title: string;
  read_at: string | null;
  to?: string;
}

const noteApi = api.enhanceEndpoints({ addTagTypes: ["Note"] }).injectEndpoints({
  overrideExisting: true,
  endpoints: (build) => ({
    listNotes: build.infiniteQuery<CursorPage<Note>, ListQuery, string>({
      infiniteQueryOptions: { initialPageParam: "", getNextPageParam: () => undefined },
      query: ({ queryArg }) => ({ url: "/notes", params: queryArg }),
      providesTags: [{ type: "Note", id: "LIST" }],
    }),
    countNotes: build.query<{ count: number }, void>({ query: () => ({ url: "/notes/count" }) }),
    markNote: build.mutation<void, string>({
      query: (id) => ({ url: `/notes/${id}/mark-read`, method: "POST" }),
    }),
    markNotes: build.mutation<void, void>({
      query: () => ({ url: "/notes/mark-all-read", method: "POST" }),
    }),
  }),
});

function Panel() {
  const count = noteApi.useCountNotesQuery();
  return (
    <InboxButton label="Notes" unread={count.data?.count}>
      {(close) => <Newest onLeave={close} />}
    </InboxButton>
  );
}

function Newest({ onLeave }: { onLeave: () => void }) {
  const result = noteApi.useListNotesInfiniteQuery({});
  const [mark] = noteApi.useMarkNoteMutation();
  const [markAll] = noteApi.useMarkNotesMutation();
  const optimistic = useOptimistic("Note");
  return (
    <InboxList
      title="Notes"
      result={result}
      entry={(row) => ({
        title: row.title,
        at: row.created_at,
        unread: row.read_at === null,
        to: row.to,
        about: row.to,
      })}
      onRead={(row) => void optimistic(row.id, { read_at: "now" }, () => mark(row.id).unwrap())}
      onReadAll={() => void markAll().unwrap().catch(toasts.failed)}
      listPath="/"
      onLeave={onLeave}
    />
  );
}

/** A feature of the tests: rows that come in by themselves and are read. */
export const notes = defineFeature({
  name: "notes",
  routes: [],
  menu: [],
  slots: { header: [{ key: "notes", access: signedIn, load: async () => ({ default: Panel }) }] },
});

export function stored(id: string, members: object = {}) {
  return storedRow(id, { title: `Note ${id}`, read_at: null, ...members }, []);
}
