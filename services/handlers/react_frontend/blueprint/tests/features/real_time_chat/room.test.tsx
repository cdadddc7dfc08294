import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { storedRow } from "../../support/rows.ts";
import { visit } from "../../support/visit.tsx";

const stored = {
  name: "First one",
  counterpart: null,
  unread: 1,
  latest: 1,
  latest_body: null,
  active_at: "2026-01-31T12:00:00.000Z",
};

function collections() {
  return {
    rooms: {
      rows: [storedRow("one", stored)],
      search: ["name"],
      required: [],
      display: "name",
    },
  };
}

const signedIn: string[] = [];

test("rooms are listed, and one leads to its page", async () => {
  const { user, location } = await visit("/rooms", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("link", { name: "First one" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one" })).toBeTruthy();
  expect(location()).toBe("/rooms/one");
});

test("a room is changed, and only what changed is sent", async () => {
  const { user, server, location } = await visit("/rooms/one/edit", { collections: collections(), signedIn });
  const title = await screen.findByRole("textbox", { name: "Name" });
  await user.type(title, " again");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one again" })).toBeTruthy();
  expect(location()).toBe("/rooms/one");
  const sent = server.received.find((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ name: "First one again" });
});

test("deleting a room asks first", async () => {
  const { user, server } = await visit("/rooms/one", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(server.received.some((request) => request.method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No rooms yet")).toBeTruthy();
});
