import type { CursorPage } from "../../shared/api/types.ts";
import type { LiveMessage } from "../../shared/live/channel.ts";
import type { Membership } from "./membership/types.ts";
import type { Message } from "./message/types.ts";
import type { Room } from "./room/types.ts";

/** What was deleted keeps its place, without its text. */
export type Said = Omit<Message, "body"> & { body: string | null };

/** The pages of a history, the newest first, each with its newest message first. */
export interface Pages {
  pages: CursorPage<Said>[];
}

type LiveEvent = Extract<LiveMessage, { type: "event" }>;

/** The row of an event of this model; undefined for other models, null where there is no row any more. */
export function rowOf<R>(message: LiveMessage, model: string): R | null | undefined {
  return message.type === "event" && message.model === model ? (message.row as R | null) : undefined;
}

/**
 * Puts a message where it belongs, once: it comes as the answer to whoever wrote it and as an event. Both may be older
 * than what is there already.
 */
export function putMessage({ pages }: Pages, message: Said): void {
  for (const page of pages) {
    const index = page.items.findIndex((known) => known.id === message.id);
    const known = page.items[index];
    if (known !== undefined) {
      if (known.updated_at <= message.updated_at) page.items[index] = message;
      return;
    }
  }
  const page = pages.find(({ items }) => (items.at(-1)?.position ?? 0) < message.position) ?? pages.at(-1);
  if (page === undefined) return;
  const index = page.items.findIndex(({ position }) => position < message.position);
  // What is older than all that was loaded comes when somebody scrolls there.
  if (index === -1 && page.next_cursor !== null) return;
  page.items.splice(index === -1 ? page.items.length : index, 0, message);
}

/** Blanks a message of which nothing but the place is left. */
export function blankMessage({ pages }: Pages, id: string): void {
  for (const { items } of pages) {
    const known = items.find((item) => item.id === id);
    if (known !== undefined) Object.assign(known, { body: null, can: [] });
  }
}

export function putSeat(seats: Membership[], seat: Membership): void {
  const index = seats.findIndex(({ id }) => id === seat.id);
  if (index === -1) seats.push(seat);
  else seats[index] = seat;
}

/** What an event changes in the list of rooms; false where the list has to be asked for again. */
export function followRooms(rooms: Room[], event: LiveEvent, me: string): boolean {
  if (event.model === "Room") return false;
  if (event.model === "Membership") return followSeat(rooms, event.row as Membership | null, me);
  if (event.model !== "Message") return true;
  const message = event.row as Said | null;
  if (message === null) return false;
  const room = rooms.find(({ id }) => id === message.room?.id);
  if (room === undefined) return false;
  if (event.name === "Message.created" && message.position > room.latest) {
    const own = message.author?.id === me;
    Object.assign(room, {
      latest: message.position,
      latest_body: message.body,
      active_at: message.created_at,
      unread: own ? room.unread : room.unread + 1,
    });
  } else if (message.position === room.latest) {
    room.latest_body = message.body;
  }
  return true;
}

/** Reading is told by one's own seat; coming and going changes which rooms there are, and what they are called. */
function followSeat(rooms: Room[], seat: Membership | null, me: string): boolean {
  if (seat === null) return false;
  const room = rooms.find(({ id }) => id === seat.room?.id);
  if (room === undefined) return false;
  if (seat.user?.id === me && seat.unread !== undefined) {
    room.unread = seat.unread;
    return true;
  }
  return room.counterpart !== null;
}
