import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import { showOnPhone } from "../support/screen.ts";
import { problem, type TestServerOptions } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

const many = () =>
  Array.from({ length: 5 }, (_row, index) =>
    thing(String(index + 1), { kind: index % 2 === 0 ? "round" : "square", size: index }),
  );

function open(address: string, rows = many(), options: Partial<TestServerOptions> = {}) {
  return visit(address, { collections: thingsOf(rows), extra: [things], signedIn: [], ...options });
}

test("pages, their size and the order stand in the address and are asked of the server", async () => {
  const { user, server, location } = await open("/things?page_size=2&page=2");
  expect(await screen.findByText("3–4 of 5")).toBeTruthy();
  await user.click(screen.getByLabelText("Go to page 3"));
  expect(await screen.findByText("5–5 of 5")).toBeTruthy();
  expect(location()).toBe("/things?page_size=2&page=3");

  await user.click(screen.getByRole("button", { name: "Name" }));
  await waitFor(() => expect(location()).toBe("/things?page_size=2&sort=name"));
  await user.click(screen.getByRole("button", { name: "Name" }));
  await waitFor(() => expect(server.received.at(-1)?.query.get("sort")).toBe("-name"));

  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Rows: 2 per page" }));
  await user.click(screen.getByRole("option", { name: "50" }));
  expect(await screen.findByText("1–5 of 5")).toBeTruthy();
  expect(location()).toContain("page_size=50");
});

test("a page that no longer exists leads to the last one", async () => {
  const { location } = await open("/things?page_size=2&page=9");
  expect(await screen.findByText("5–5 of 5")).toBeTruthy();
  expect(location()).toBe("/things?page_size=2&page=3");
});

async function closeMenu(user: UserEvent) {
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
}

test("filters are sent as the API names them, survive a reload, and can be cleared", async () => {
  const { user, server, location } = await open("/things");
  await user.click(await screen.findByRole("button", { name: "Filters" }));
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Kind" }));
  await user.click(screen.getByRole("option", { name: "Square" }));
  expect(await screen.findByText("1–2 of 2")).toBeTruthy();
  await user.click(screen.getByRole("option", { name: "Round" }));
  await closeMenu(user);

  await user.type(screen.getByLabelText("Size from"), "3{Enter}");
  await user.type(screen.getByLabelText("Size to"), "9");
  await user.tab();
  await user.type(screen.getByLabelText("Note"), "old{Enter}");
  fireEvent.change(screen.getByLabelText("Created from"), { target: { value: "2026-01-31" } });
  fireEvent.blur(screen.getByLabelText("Created from"));
  await waitFor(() => expect(location()).toContain("created_at"));
  const asked = () => server.received.find(({ query }) => query.has("created_at[gte]"))?.query;
  await waitFor(() => expect(asked()).toBeTruthy());
  const query = asked();
  expect(query?.get("kind[in]")).toBe("round,square");
  expect(query?.get("size[gte]")).toBe("3");
  expect(query?.get("size[lte]")).toBe("9");
  expect(query?.get("note[contains]")).toBe("old");
  expect(new Date(query?.get("created_at[gte]") ?? "").toString()).toContain("Jan 31 2026 00:00:00");
});

test("rows are told apart by whether they have a value, of each field by itself", async () => {
  const { user, server, location } = await open("/things");
  await user.click(await screen.findByRole("button", { name: "Filters" }));
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Is empty" }));
  await user.click(screen.getByRole("option", { name: "Note" }));
  await user.click(screen.getByRole("option", { name: "Owner" }));
  await user.click(screen.getByRole("option", { name: "Note" }));
  await closeMenu(user);
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Is set" }));
  await user.click(screen.getByRole("option", { name: "Note" }));
  const asked = () => server.received.map(({ query }) => [query.get("owner[null]"), query.get("note[null]")]);
  await waitFor(() => expect(asked()).toContainEqual(["true", "false"]));
  expect(decodeURIComponent(location())).toBe("/things?owner[null]=true&note[null]=false");
});

test("rows of another model are searched for in a filter", async () => {
  const { user, server } = await open("/things?owner=none");
  await user.click(await screen.findByRole("button", { name: "Clear search and filters" }));
  await user.type(screen.getByRole("combobox", { name: "Owner" }), "Thing 4");
  await user.click(await screen.findByRole("option", { name: "Thing 4" }));
  await waitFor(() => expect(server.received.at(-1)?.query.get("owner")).toBe("4"));
});

test("search waits until typing pauses, and an empty result offers to clear it", async () => {
  const { user, location } = await open("/things");
  await user.type(await screen.findByLabelText("Search things"), "zebra");
  // On a busy machine typing pauses by itself, so that a part of it may be searched for first.
  await waitFor(() => expect(location()).toBe("/things?search=zebra"));
  expect(await screen.findByText("Nothing fits")).toBeTruthy();
  await user.click(screen.getByLabelText("Clear the search"));
  expect(await screen.findByText("1–5 of 5")).toBeTruthy();
});

test("an empty list says how to begin", async () => {
  await open("/things", []);
  expect(await screen.findByText("No things yet")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Add the first" })).toBeTruthy();
});

test("a list that cannot be loaded says why, and can be asked for again", async () => {
  const answers: TestServerOptions["answers"] = { "GET /api/things": problem(500, "internal", "It broke.") };
  const { user } = await open("/things", many(), { answers });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("It broke.");
  expect(alert.textContent).toContain("test-correlation");
  answers["GET /api/things"] = undefined;
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("1–5 of 5")).toBeTruthy();
});

test("columns are chosen, and the choice is remembered in this browser", async () => {
  const { user } = await open("/things", [thing("1", { active: true })]);
  await user.click(await screen.findByRole("button", { name: "Columns" }));
  await user.click(screen.getByRole("menuitemcheckbox", { name: "Active" }));
  await user.click(screen.getByRole("menuitemcheckbox", { name: "Size" }));
  await closeMenu(user);
  expect(await screen.findByText("Active", { selector: "th" })).toBeTruthy();
  expect(screen.queryByText("Size", { selector: "th" })).toBeNull();
  expect(localStorage.getItem("columns:Things")).toBe('["size"]');
});

test("on a phone each row is a card, and sorting has a field of its own", async () => {
  showOnPhone(true);
  const { user, location } = await open("/things", [thing("1", { kind: "round" })]);
  const cards = await screen.findByRole("list", { name: "Things" });
  expect(cards.children).toHaveLength(1);
  expect(screen.queryByRole("table")).toBeNull();
  expect(screen.getByText("Kind", { selector: "dt" })).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Sort by" }));
  await user.click(screen.getByRole("option", { name: "Kind, descending" }));
  await waitFor(() => expect(location()).toBe("/things?sort=-kind"));
});

test("a log grows at its end, and an entry opens beside it", async () => {
  const { user } = await open("/things/log?page_size=2");
  expect(await screen.findByText("2 of 5")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Load more" }));
  expect(await screen.findByText("4 of 5")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Thing 3" }));
  const drawer = await screen.findByRole("dialog", { name: "Entry" });
  expect(within(drawer).getByText("old")).toBeTruthy();
  expect(within(drawer).queryByText("same")).toBeNull();
  expect(within(drawer).getByText("No values are recorded for this entry.")).toBeTruthy();
  await user.click(within(drawer).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
