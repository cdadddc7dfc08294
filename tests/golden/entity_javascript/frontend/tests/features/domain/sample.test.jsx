import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { storedRow } from "../../support/rows.js";
import { visit } from "../../support/visit.jsx";

const stored = { created_by: null, title: "First one", note: null, parent: null };

function collections() {
  return {
    samples: {
      rows: [storedRow("one", stored)],
      search: ["title"],
      required: ["title"],
      display: "title",
    },
  };
}

const signedIn = [];

test("samples are listed, and one leads to its page", async () => {
  const { user, location } = await visit("/samples", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("link", { name: "First one" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one" })).toBeTruthy();
  expect(location()).toBe("/samples/one");
});

test("a new sample is sent, and what the server refuses stands beside its field", async () => {
  const { user, server, location } = await visit("/samples/new", { collections: collections(), signedIn });
  const title = await screen.findByRole("textbox", { name: "Title" });

  await user.click(screen.getByRole("button", { name: "Create sample" }));
  expect(title.getAttribute("aria-invalid")).toBe("true");
  expect(server.received.some((request) => request.method === "POST")).toBe(false);

  await user.type(title, "refuse me");
  await user.click(screen.getByRole("button", { name: "Create sample" }));
  expect(await screen.findByText("The server does not take this.")).toBeTruthy();

  await user.clear(title);
  await user.type(title, "Second one");
  await user.click(screen.getByRole("button", { name: "Create sample" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Second one" })).toBeTruthy();
  expect(location()).toContain("/new-");
});

test("a sample is changed, and only what changed is sent", async () => {
  const { user, server, location } = await visit("/samples/one/edit", {
    collections: collections(),
    signedIn,
  });
  const title = await screen.findByRole("textbox", { name: "Title" });
  await user.type(title, " again");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one again" })).toBeTruthy();
  expect(location()).toBe("/samples/one");
  const sent = server.received.find((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ title: "First one again" });
});

test("deleting a sample asks first", async () => {
  const { user, server } = await visit("/samples/one", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(server.received.some((request) => request.method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No samples yet")).toBeTruthy();
});
