import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { notes, stored } from "../support/notes.tsx";
import { problem } from "../support/server.ts";
import { visit } from "../support/visit.tsx";

test("the inbox counts what is unread, shows the newest, and marks what is chosen as read at once", async () => {
  const rows = [
    stored("1", { to: "/notes/1" }),
    stored("2"),
    stored("3", { read_at: "2026-01-31T12:00:00.000Z" }),
  ];
  const answers = {
    "GET /api/notes/count": { status: 200, body: { count: 120 } },
    "POST /api/notes/1/mark-read": { status: 200, body: {} },
    "POST /api/notes/2/mark-read": problem(500, "internal", "It broke."),
    "POST /api/notes/mark-all-read": { status: 200, body: {} },
  };
  const collections = { notes: { rows, cursor: true } };
  const { user, server } = await visit("/", { collections, answers, extra: [notes], signedIn: [] });
  await user.click(await screen.findByRole("button", { name: "Notes, 99+ unread" }));
  const inbox = within(await screen.findByRole("dialog", { name: "Notes" }));
  expect(await inbox.findAllByRole("listitem")).toHaveLength(3);
  expect(inbox.getAllByText("(unread)")).toHaveLength(2);

  // What the server refuses is put back.
  await user.click(inbox.getByRole("button", { name: /^Note 2/u }));
  expect(await screen.findByText("It broke.")).toBeTruthy();
  await waitFor(() => expect(inbox.getAllByText("(unread)")).toHaveLength(2));

  await user.click(inbox.getByRole("button", { name: "Mark all read" }));
  await waitFor(() => expect(server.received.some(({ path }) => path.endsWith("mark-all-read"))).toBe(true));

  await user.click(inbox.getByRole("link", { name: /^Note 1/u }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Notes" })).toBeNull());
  expect(server.received.some(({ path }) => path === "/api/notes/1/mark-read")).toBe(true);
});

test("an empty inbox says so, and one that fails offers another try", async () => {
  const answers: Record<string, ReturnType<typeof problem>> = {
    "GET /api/notes": problem(500, "internal", "It broke."),
    "GET /api/notes/count": { status: 200, body: { count: 0 } },
  };
  const collections = { notes: { rows: [], cursor: true } };
  const { user } = await visit("/", { collections, answers, extra: [notes], signedIn: [] });
  await user.click(await screen.findByRole("button", { name: "Notes" }));
  expect(await screen.findByText("It broke.")).toBeTruthy();
  delete answers["GET /api/notes"];
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing new")).toBeTruthy();
  await user.click(screen.getByRole("link", { name: "See all" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
