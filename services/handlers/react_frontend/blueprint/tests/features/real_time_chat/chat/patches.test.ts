import { expect, test } from "vitest";

import {
  blankMessage,
  followRooms,
  type Pages,
  putMessage,
  type Said,
} from "../../../../src/features/real_time_chat/patches.ts";
import { receiptOf } from "../../../../src/features/real_time_chat/receipts.ts";
import type { Room } from "../../../../src/features/real_time_chat/room/types.ts";
import { stillPending } from "../../../../src/features/real_time_chat/useSending.ts";
import { message, room, seat } from "./talk.ts";

const pagesOf = (...lists: Said[][]): Pages => ({
  pages: lists.map((items, index) => ({
    items,
    total: 9,
    next_cursor: index === lists.length - 1 ? "older" : "next",
  })),
});

const positions = ({ pages }: Pages) => pages.map(({ items }) => items.map(({ position }) => position));

test("a message stands in its place, once, however often and in whatever order it comes", () => {
  const pages = pagesOf([message(5), message(4)], [message(3), message(2)]);
  for (const position of [7, 6, 6, 7, 4]) putMessage(pages, message(position));
  expect(positions(pages)).toEqual([
    [7, 6, 5, 4],
    [3, 2],
  ]);
  // What is older than all that is known comes by scrolling.
  putMessage(pages, message(1));
  expect(positions(pages).flat()).not.toContain(1);
});

test("an older state of a message does not replace a newer one", () => {
  const edited = message(2, { body: "newer", updated_at: "2026-01-31T13:00:00.000Z" });
  const pages = pagesOf([edited]);
  putMessage(pages, message(2, { body: "older" }));
  expect(pages.pages[0]?.items[0]?.body).toBe("newer");
  blankMessage(pages, edited.id);
  expect(pages.pages[0]?.items[0]).toMatchObject({ body: null, can: [], position: 2 });
});

test("rooms follow what is said and read, and are asked for again when who is in them changes", () => {
  const rooms: Room[] = [room("kitchen", { unread: 1, latest: 3 })];
  const event = (model: string, name: string, row: unknown) =>
    followRooms(rooms, { type: "event", position: 1, name, model, id: "x", row }, "ann");
  expect(event("Message", "Message.created", message(4, { body: "milk?" }))).toBe(true);
  expect(rooms[0]).toMatchObject({ unread: 2, latest: 4, latest_body: "milk?" });
  expect(event("Message", "Message.created", message(4))).toBe(true);
  expect(rooms[0]?.unread).toBe(2);
  expect(event("Membership", "Membership.updated", seat("ann", { unread: 0 }))).toBe(true);
  expect(rooms[0]?.unread).toBe(0);
  expect(event("Message", "Message.deleted", message(4, { body: null }))).toBe(true);
  expect(rooms[0]?.latest_body).toBeNull();
  expect(
    event("Membership", "Membership.created", { ...seat("ann"), room: { id: "new", display: "" } }),
  ).toBe(false);
  expect(event("Room", "Room.updated", rooms[0])).toBe(false);
  expect(event("Sample", "Sample.updated", null)).toBe(true);
});

test("a message on its way is not shown beside the one that its event brought", () => {
  const pending = ["yes", "yes"].map((body, index) => ({
    key: String(index),
    room: "kitchen",
    body,
    after: 3,
    at: "",
    failure: null,
  }));
  const mine = { author: { id: "ann", display: "Ann" }, body: "yes" };
  expect(stillPending(pending, [message(2, mine)], "ann")).toHaveLength(2);
  expect(stillPending(pending, [message(4, mine)], "ann").map(({ key }) => key)).toEqual(["1"]);
  expect(stillPending(pending, [message(4, mine), message(5, mine)], "ann")).toEqual([]);
});

test("a receipt names who has seen one's newest message", () => {
  const said = [message(4, { author: { id: "ann", display: "Ann" } }), message(5)];
  const read = (upTo: number, ...others: ReturnType<typeof seat>[]) =>
    receiptOf(said, [seat("ann"), seat("bob", { last_read: upTo }), ...others], "ann")?.text;
  expect(read(3)).toBe("Sent");
  expect(read(4)).toBe("Seen by Bob");
  expect(read(5, seat("cleo", { last_read: 5 }))).toBe("Seen by everyone");
  expect(read(5, seat("cleo"))).toBe("Seen by Bob");
  expect(receiptOf([message(1)], [], "ann")).toBeUndefined();
});
