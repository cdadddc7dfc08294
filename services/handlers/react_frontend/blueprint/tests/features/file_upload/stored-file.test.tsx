import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { storedRow } from "../../support/rows.ts";
import { visit } from "../../support/visit.tsx";

const stored = {
  uploaded_by: null,
  name: "First one",
  content_type: "x",
  size: 1,
  checksum: null,
  received: 1,
  state: "receiving",
  pinned: true,
  target: null,
};

function collections() {
  return {
    "stored-files": {
      rows: [storedRow("one", stored)],
      search: ["name"],
      required: ["name", "pinned"],
      display: "name",
    },
  };
}

const signedIn: string[] = [];

test("stored files are listed, and one leads to its page", async () => {
  const { user, location } = await visit("/stored-files", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("link", { name: "First one" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one" })).toBeTruthy();
  expect(location()).toBe("/stored-files/one");
});

test("a stored file is changed, and only what changed is sent", async () => {
  const { user, server, location } = await visit("/stored-files/one/edit", {
    collections: collections(),
    signedIn,
  });
  const title = await screen.findByRole("textbox", { name: "Name" });
  await user.type(title, " again");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one again" })).toBeTruthy();
  expect(location()).toBe("/stored-files/one");
  const sent = server.received.find((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ name: "First one again" });
});

test("deleting a stored file asks first", async () => {
  const { user, server } = await visit("/stored-files/one", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(server.received.some((request) => request.method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No stored files yet")).toBeTruthy();
});
