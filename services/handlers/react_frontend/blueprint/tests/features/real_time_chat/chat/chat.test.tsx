import { screen, waitFor, within } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket as NodeSocket, WebSocketServer } from "ws";

import type { Said } from "../../../../src/features/real_time_chat/patches.ts";
import { live } from "../../../../src/shared/live/feature.ts";
import { problem, type StoredRow, type TestServerOptions } from "../../../support/server.ts";
import { visit } from "../../../support/visit.tsx";
import { message, room, seat } from "./talk.ts";

const me = { id: "person", display: "Ann Example" };

/** Opens the kitchen, with Bob in it and what he said, and a stream that tests speak on. */
async function enter(said: Said[] = [message(1)], address = "/chat?room=kitchen") {
  vi.stubGlobal("WebSocket", NodeSocket);
  const history = { items: said.toReversed(), total: said.length, next_cursor: null };
  const seats = [seat("person", { user: me, role: "owner", unread: 1 }), seat("bob", { can: ["delete"] })];
  const answers: NonNullable<TestServerOptions["answers"]> = {
    "GET /api/rooms/kitchen/messages": { status: 200, body: history },
    "GET /api/rooms/kitchen/members": {
      status: 200,
      body: { items: seats, total: 2, page: 1, page_size: 100 },
    },
  };
  const rows = [room("kitchen", { latest: said.length, latest_body: said.at(-1)?.body ?? null, unread: 1 })];
  const visited = await visit(address, {
    collections: { rooms: { rows: rows as unknown as StoredRow[] }, users: { rows: [] } },
    anything: true,
    answers,
    extra: [live],
    signedIn: [],
  });
  const stream = new WebSocketServer({ server: visited.server.http, path: "/api/stream" });
  stream.on("connection", (socket) =>
    socket.on("message", () => socket.send(JSON.stringify({ type: "ready", position: 1 }))),
  );
  onTestFinished(() => {
    stream.close();
    vi.unstubAllGlobals();
  });
  let position = 1;
  const tell = (content: object) => {
    position += 1;
    const text = JSON.stringify({ type: "event", position, id: "x", ...content });
    for (const client of stream.clients) client.send(text);
  };
  await waitFor(() => expect(stream.clients.size).toBe(1));
  const log = await screen.findByRole("log");
  return { ...visited, answers, tell, log };
}

const created = (row: Said) => ({ model: "Message", name: "Message.created", id: row.id, row });
const own = (position: number, body: string) =>
  message(position, { author: me, body, can: ["update", "delete"] });

test("what others say appears once, and is told to be read", async () => {
  const { tell, log, server } = await enter();
  await within(log).findByText("word 1");
  tell(created(message(2)));
  tell(created(message(2)));
  expect(await within(log).findAllByText("word 2")).toHaveLength(1);
  await waitFor(() => {
    const marks = server.received.filter(({ path }) => path.endsWith("/mark-read"));
    expect(marks.at(-1)?.body).toEqual({ up_to: 2 });
  });
});

test("what one says is there at once and once, whether its event or its answer comes first", async () => {
  const { tell, log, user, answers, server } = await enter();
  await within(log).findByText("word 1");
  answers["POST /api/rooms/kitchen/messages"] = { status: 201, body: own(2, "hello") };
  await user.type(screen.getByRole("textbox", { name: "Message" }), "hello{Enter}");
  tell(created(own(2, "hello")));
  await waitFor(() =>
    expect(within(log).getByText("hello").closest("article")?.textContent).toContain("Sent"),
  );
  expect(within(log).getAllByText("hello")).toHaveLength(1);
  const sent = server.received.find(({ method, path }) => method === "POST" && path.endsWith("/messages"));
  expect(sent?.body).toEqual({ body: "hello" });
  expect(String(sent?.headers["idempotency-key"])).toMatch(/^[\da-f-]{36}$/u);
  tell({ model: "Membership", name: "Membership.updated", row: seat("bob", { last_read: 2 }) });
  expect(await within(log).findByText("Seen by Bob")).toBeTruthy();
});

test("what was not sent says so, and goes under the same key when it is sent again", async () => {
  const { log, user, answers, server } = await enter();
  await within(log).findByText("word 1");
  answers["POST /api/rooms/kitchen/messages"] = problem(503, "not_ready", "Come back later.");
  await user.type(screen.getByRole("textbox", { name: "Message" }), "one{Shift>}{Enter}{/Shift}two{Enter}");
  expect(await within(log).findByText("Not sent. Come back later.")).toBeTruthy();
  answers["POST /api/rooms/kitchen/messages"] = { status: 201, body: own(2, "one\ntwo") };
  await user.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(within(log).queryByText("Not sent. Come back later.")).toBeNull());
  const attempts = server.received.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/messages"),
  );
  expect(attempts.map(({ body }) => body)).toEqual([{ body: "one\ntwo" }, { body: "one\ntwo" }]);
  expect(new Set(attempts.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

test("who types is named until they have said it, and oneself is told to the others now and then", async () => {
  const { tell, user, server, log } = await enter();
  await within(log).findByText("word 1");
  tell({
    type: "signal",
    model: "Room",
    name: "Room.typing",
    id: "kitchen",
    actor: { id: "bob", display: "Bob" },
  });
  expect(await screen.findByText("Bob is typing…")).toBeTruthy();
  tell(created(message(2)));
  await waitFor(() => expect(screen.queryByText("Bob is typing…")).toBeNull());
  await user.type(screen.getByRole("textbox", { name: "Message" }), "several words");
  await waitFor(() =>
    expect(server.received.filter(({ path }) => path === "/api/rooms/kitchen/typing")).toHaveLength(1),
  );
});

test("one's own words are edited and taken back", async () => {
  const { user, answers, log } = await enter([own(1, "helo")]);
  const actions = await within(log).findByRole("button", { name: "Actions for this message" });
  await user.click(actions);
  await user.click(await screen.findByRole("menuitem", { name: "Edit" }));
  const input = screen.getByRole("textbox", { name: "Edit the message" });
  answers["PATCH /api/rooms/kitchen/messages/message-1"] = {
    status: 200,
    body: { ...own(1, "hello"), edited_at: "2026-01-31T12:01:00.000Z" },
  };
  await user.clear(input);
  await user.type(input, "hello{Enter}");
  expect(await within(log).findByText(/edited/u)).toBeTruthy();
  expect(within(log).getByText("hello")).toBeTruthy();
  answers["DELETE /api/rooms/kitchen/messages/message-1"] = { status: 204 };
  await user.click(within(log).getByRole("button", { name: "Actions for this message" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Delete" }));
  expect(await within(log).findByText("This message was deleted")).toBeTruthy();
});

test("what is too long is counted and not sent", async () => {
  const { user, log } = await enter();
  await within(log).findByText("word 1");
  const input = screen.getByRole("textbox", { name: "Message" });
  await user.click(input);
  await user.paste("😀".repeat(4001));
  expect(screen.getByText("1 characters too many")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
});

test("owners see who is in, and put people out after a question", async () => {
  const { user, answers, tell } = await enter();
  await user.click(await screen.findByRole("button", { name: "Members" }));
  answers["DELETE /api/rooms/kitchen/members/seat-bob"] = { status: 204 };
  await user.click(await screen.findByRole("button", { name: "Remove Bob" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  tell({ model: "Membership", name: "Membership.deleted", id: "seat-bob", row: null });
  await waitFor(() => expect(screen.queryByRole("button", { name: "Remove Bob" })).toBeNull());
});

test("a room that one may not see says so, with the way back", async () => {
  await visit("/chat?room=elsewhere", { collections: { rooms: { rows: [] } }, signedIn: [] });
  expect(await screen.findByText("Not found")).toBeTruthy();
  expect(screen.getAllByRole("link", { name: "All conversations" })).toHaveLength(1);
  expect(screen.getByText("No conversations yet")).toBeTruthy();
});
