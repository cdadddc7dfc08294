import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { storedRow } from "../../support/rows.ts";
import { visit } from "../../support/visit.tsx";

const stored = {
  email: "first@example.com",
  name: "First one",
  active: true,
  last_login_at: null,
  email_verified: true,
  roles: [],
};

function collections() {
  return {
    users: {
      rows: [storedRow("one", stored)],
      search: ["email", "name"],
      required: ["email", "name"],
      display: "name",
    },
  };
}

const signedIn: string[] = ["users.manage", "users.read"];

test("users are listed, and one leads to its page", async () => {
  const { user, location } = await visit("/users", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("link", { name: "First one" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one" })).toBeTruthy();
  expect(location()).toBe("/users/one");
});

test("a new user is sent, and what the server refuses stands beside its field", async () => {
  const { user, server, location } = await visit("/users/new", { collections: collections(), signedIn });
  const title = await screen.findByRole("textbox", { name: "Name" });
  await user.type(screen.getByRole("textbox", { name: "Email" }), "second@example.com");

  await user.click(screen.getByRole("button", { name: "Create user" }));
  expect(title.getAttribute("aria-invalid")).toBe("true");
  expect(server.received.some((request) => request.method === "POST")).toBe(false);

  await user.type(title, "refuse me");
  await user.click(screen.getByRole("button", { name: "Create user" }));
  expect(await screen.findByText("The server does not take this.")).toBeTruthy();

  await user.clear(title);
  await user.type(title, "Second one");
  await user.click(screen.getByRole("button", { name: "Create user" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Second one" })).toBeTruthy();
  expect(location()).toContain("/new-");
});

test("a user is changed, and only what changed is sent", async () => {
  const { user, server, location } = await visit("/users/one/edit", { collections: collections(), signedIn });
  const title = await screen.findByRole("textbox", { name: "Name" });
  await user.type(title, " again");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "First one again" })).toBeTruthy();
  expect(location()).toBe("/users/one");
  const sent = server.received.find((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ name: "First one again" });
});

test("deleting a user asks first", async () => {
  const { user, server } = await visit("/users/one", { collections: collections(), signedIn });
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(server.received.some((request) => request.method === "DELETE")).toBe(false);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No users yet")).toBeTruthy();
});
