import type { Membership } from "../../../../src/features/real_time_chat/membership/types.ts";
import type { Said } from "../../../../src/features/real_time_chat/patches.ts";
import type { Room } from "../../../../src/features/real_time_chat/room/types.ts";

const at = "2026-01-31T12:00:00.000Z";
const row = { created_at: at, updated_at: at };
const kitchen = { id: "kitchen", display: "Kitchen" };

/** What Bob said in the kitchen. */
export function message(position: number, changes: Partial<Said> = {}): Said {
  return {
    ...row,
    id: `message-${position}`,
    room: kitchen,
    author: { id: "bob", display: "Bob" },
    body: `word ${position}`,
    position,
    edited_at: null,
    can: [],
    ...changes,
  } as Said;
}

export function seat(id: string, changes: Partial<Membership> = {}): Membership {
  const display = id.charAt(0).toUpperCase() + id.slice(1);
  const user = { id, display };
  return { ...row, id: `seat-${id}`, room: kitchen, user, role: "member", last_read: 0, can: [], ...changes };
}

export function room(id: string, changes: Partial<Room> = {}): Room {
  return {
    ...row,
    id,
    row_version: 1,
    name: "Kitchen",
    counterpart: "Bob",
    unread: 0,
    latest: 0,
    latest_body: null,
    active_at: at,
    can: ["typing", "mark_read"],
    ...changes,
  };
}
