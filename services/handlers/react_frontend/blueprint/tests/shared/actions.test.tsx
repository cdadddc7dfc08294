import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { problem, type TestServerOptions } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

function open(address: string, rows = [thing("1")], options: Partial<TestServerOptions> = {}) {
  return visit(address, { collections: thingsOf(rows), extra: [things], signedIn: [], ...options });
}

test("a row offers what its caller may do, and nothing else", async () => {
  const { user } = await open("/things", [thing("1"), thing("2", { kind: "square" }), thing("3", {}, [])]);
  await user.click(await screen.findByRole("button", { name: "Actions for Thing 1" }));
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual([
    "Edit",
    "Polish",
    "Delete",
  ]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await user.click(screen.getByRole("button", { name: "Actions for Thing 2" }));
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual(["Edit", "Delete"]);
  expect(screen.queryByRole("button", { name: "Actions for Thing 3" })).toBeNull();
});

test("the menu of a row leads to its form", async () => {
  const { user, location } = await open("/things");
  await user.click(await screen.findByRole("button", { name: "Actions for Thing 1" }));
  await user.click(screen.getByRole("menuitem", { name: "Edit" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Edit thing" })).toBeTruthy();
  expect(location()).toBe("/things/1/edit");
});

test("an act without danger happens at once and says so", async () => {
  const { user, server } = await open("/things");
  await user.click(await screen.findByRole("button", { name: "Actions for Thing 1" }));
  await user.click(screen.getByRole("menuitem", { name: "Polish" }));
  expect((await screen.findByRole("status", { name: "" })).textContent).toBeTruthy();
  expect(await screen.findByText("“Thing 1” shines.")).toBeTruthy();
  expect(server.received.find((request) => request.path.endsWith("/polish"))?.headers["if-match"]).toBe(
    '"1"',
  );
});

test("what was deleted can be taken back for a while", async () => {
  const { user, server, location } = await open("/things/1");
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Delete this thing?" });
  expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Cancel" }));
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(location()).toBe("/things"));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(server.received.some((request) => request.path === "/api/things/1/restore")).toBe(true),
  );
});

test("an act that is given up does nothing", async () => {
  const { user, server } = await open("/things/1");
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(server.received.some((request) => request.method === "DELETE")).toBe(false);
});

test("an act that the server refuses is told until it is dismissed", async () => {
  const answers = { "POST /api/things/1/polish": problem(409, "conflict", "It is in use.") };
  const { user } = await open("/things/1", [thing("1")], { answers });
  await user.click(await screen.findByRole("button", { name: "Polish" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("It is in use.");
  expect(alert.textContent).toContain("Reference test-correlation");
  await user.click(within(alert).getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("an act that needs to know more asks in a dialog, where refusals stand beside their fields", async () => {
  const refused = problem(422, "validation_failed", "Some entries are not right.", [
    { field: "name", code: "taken", message: "This name is taken." },
  ]);
  const answers: TestServerOptions["answers"] = { "POST /api/things/1/rename": refused };
  const rows = [thing("1", {}, ["rename"])];
  const { user, server } = await open("/things", rows, { answers });
  await user.click(await screen.findByRole("button", { name: "Actions for Thing 1" }));
  await user.click(screen.getByRole("menuitem", { name: "Rename" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Rename this thing" }));
  await user.click(dialog.getByRole("button", { name: "Rename" }));
  expect(dialog.getByText("This is needed.")).toBeTruthy();
  expect(server.received.some((request) => request.method === "POST")).toBe(false);

  await user.type(dialog.getByLabelText(/^New name/u), "Other");
  await user.click(dialog.getByRole("button", { name: "Rename" }));
  expect(await dialog.findByText("This name is taken.")).toBeTruthy();

  answers["POST /api/things/1/rename"] = problem(500, "internal", "It broke.");
  await user.click(dialog.getByRole("button", { name: "Rename" }));
  expect((await dialog.findByRole("alert")).textContent).toBe("It broke.");

  answers["POST /api/things/1/rename"] = undefined;
  await user.click(dialog.getByRole("button", { name: "Rename" }));
  expect(await screen.findByText("“Thing 1” has another name.")).toBeTruthy();
  expect(server.received.findLast((request) => request.method === "POST")?.body).toEqual({ name: "Other" });
});
