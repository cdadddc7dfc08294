import { api } from "../../shared/api/api.ts";
import type { CursorPage, Page } from "../../shared/api/types.ts";
import type { LiveMessage } from "../../shared/live/channel.ts";
import { liveMessages } from "../../shared/live/messages.ts";
import type { SessionState } from "../../shared/session/session.ts";
import type { Membership } from "./membership/types.ts";
import { blankMessage, followRooms, putMessage, putSeat, rowOf, type Said } from "./patches.ts";
import type { Room } from "./room/types.ts";

const historyPage = 40;
const membersPage = 100;

interface Outgoing {
  room: string;
  body: string;
  /** The same for each attempt, so that the message is said once however often it is sent. */
  key: string;
}

/**
 * What a chat follows message by message. These answers have no tags: they are kept up to date by the events themselves,
 * where asking for everything again would cost a request for each word that is said.
 */
export const chatApi = api.injectEndpoints({
  endpoints: (build) => ({
    followedRooms: build.query<Page<Room>, { search: string; size: number }>({
      query: ({ search, size }) => ({
        url: "/rooms",
        params: { sort: "-active_at", page_size: size, ...(search === "" ? {} : { search }) },
      }),
      async onCacheEntryAdded(_argument, lifecycle) {
        const again = soon(() => void refetched(lifecycle));
        await follow(lifecycle, (message) => {
          if (message.type !== "event") return;
          const me = (lifecycle.getState() as unknown as { session: SessionState }).session.userId ?? "";
          lifecycle.updateCachedData((page) => {
            if (!followRooms(page.items, message, me)) again();
          });
        });
      },
    }),
    history: build.infiniteQuery<CursorPage<Said>, string, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg: room, pageParam }) => ({
        url: `/rooms/${room}/messages`,
        params: { page_size: historyPage, ...(pageParam === "" ? {} : { cursor: pageParam }) },
      }),
      keepUnusedDataFor: 300,
      async onCacheEntryAdded(room, lifecycle) {
        await follow(lifecycle, (message) => {
          const row = rowOf<Said>(message, "Message");
          lifecycle.updateCachedData((pages) => {
            if (row === null && message.type === "event") blankMessage(pages, message.id);
            if (row?.room?.id === room) putMessage(pages, row);
          });
        });
      },
    }),
    seats: build.query<Membership[], string>({
      query: (room) => ({ url: `/rooms/${room}/members`, params: { page_size: membersPage } }),
      transformResponse: (page: Page<Membership>) => page.items,
      async onCacheEntryAdded(room, lifecycle) {
        await follow(lifecycle, (message) => {
          const row = rowOf<Membership>(message, "Membership");
          lifecycle.updateCachedData((seats) => {
            if (row === null && message.type === "event") return seats.filter(({ id }) => id !== message.id);
            if (row?.room?.id === room) putSeat(seats, row);
            return seats;
          });
        });
      },
    }),
    say: build.mutation<Said, Outgoing>({
      query: ({ room, body, key }) => ({
        url: `/rooms/${room}/messages`,
        method: "POST",
        body: { body },
        idempotencyKey: key,
      }),
      async onQueryStarted({ room }, { dispatch, queryFulfilled }) {
        const said = await queryFulfilled.catch(() => undefined);
        if (said !== undefined) dispatch(placed(room, said.data));
      },
    }),
    changeMessage: build.mutation<Said, { room: string; id: string; body: string }>({
      query: ({ room, id, body }) => ({
        url: `/rooms/${room}/messages/${id}`,
        method: "PATCH",
        body: { body },
      }),
      async onQueryStarted({ room }, { dispatch, queryFulfilled }) {
        const changed = await queryFulfilled.catch(() => undefined);
        if (changed !== undefined) dispatch(placed(room, changed.data));
      },
    }),
    withdrawMessage: build.mutation<void, { room: string; id: string }>({
      query: ({ room, id }) => ({ url: `/rooms/${room}/messages/${id}`, method: "DELETE" }),
      async onQueryStarted({ room, id }, { dispatch, queryFulfilled }) {
        const done = await queryFulfilled.catch(() => undefined);
        if (done === undefined) return;
        dispatch(chatApi.util.updateQueryData("history", room, (pages) => blankMessage(pages, id)));
      },
    }),
    /** A receipt; the others hear of it by the stream, and so does this page. */
    markRead: build.mutation<unknown, { room: string; upTo: number }>({
      query: ({ room, upTo }) => ({
        url: `/rooms/${room}/mark-read`,
        method: "POST",
        body: { up_to: upTo },
      }),
    }),
  }),
});

function placed(room: string, message: Said) {
  return chatApi.util.updateQueryData("history", room, (pages) => putMessage(pages, message));
}

interface Lifecycle {
  cacheDataLoaded: Promise<unknown>;
  cacheEntryRemoved: Promise<void>;
  dispatch: (action: never) => unknown;
  getCacheEntry: () => { endpointName?: string | undefined; originalArgs?: unknown };
}

/** Hands each message of the stream on, from when the entry is made until it is dropped. */
async function follow(lifecycle: Lifecycle, receive: (message: LiveMessage) => void): Promise<void> {
  let answersAwaited = 1;
  let waiting: LiveMessage[] = [];
  let incomplete = !liveMessages.isFollowing();
  const caughtUp = () => {
    answersAwaited -= 1;
    if (answersAwaited > 0) return;
    const held = waiting;
    waiting = [];
    held.forEach(receive);
  };
  const stop = liveMessages.subscribe((message) => {
    if (message.type === "ready" && incomplete) {
      // What happened between the answer and the beginning of the stream is in neither of them.
      incomplete = false;
      answersAwaited += 1;
      void refetched(lifecycle).then(caughtUp);
    }
    // An answer that is on its way may be older than what the stream tells meanwhile, so that is told after it, too.
    if (answersAwaited === 0) receive(message);
    else waiting.push(message);
  });
  await lifecycle.cacheDataLoaded.catch(() => undefined);
  caughtUp();
  await lifecycle.cacheEntryRemoved;
  stop();
}

/** Asks once more for what an entry of the cache holds. */
async function refetched({ getCacheEntry, dispatch }: Lifecycle): Promise<void> {
  const { endpointName, originalArgs } = getCacheEntry();
  const name = endpointName as "followedRooms" | "history" | "seats" | undefined;
  if (name === undefined) return;
  const { initiate } = chatApi.endpoints[name] as unknown as {
    initiate: (argument: unknown, options: { subscribe: boolean; forceRefetch: boolean }) => never;
  };
  await dispatch(initiate(originalArgs, { subscribe: false, forceRefetch: true }));
}

/** Several calls in a short time become one. */
function soon(act: () => void, wait = 300): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}

export const {
  useFollowedRoomsQuery,
  useHistoryInfiniteQuery,
  useSeatsQuery,
  useSayMutation,
  useChangeMessageMutation,
  useWithdrawMessageMutation,
  useMarkReadMutation,
} = chatApi;
