import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { showOnPhone } from "../support/screen.ts";
import { problem, type TestServerOptions } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

const linked = { tags: [{ id: "2", display: "Thing 2" }], note: "a hint" };

function open(
  rows = [thing("1", linked), thing("2"), thing("3", {}, [])],
  options: Partial<TestServerOptions> = {},
) {
  return visit("/things/matrix", { collections: thingsOf(rows), extra: [things], signedIn: [], ...options });
}

const box = (name: string) => screen.getByRole("checkbox", { name }) as HTMLInputElement;

test("changes are gathered, can be taken back, and are stored together, one write for each line", async () => {
  const { user, server } = await open();
  await screen.findByText("a hint");
  expect(box("Thing 1: Thing 2").checked).toBe(true);
  expect(box("Thing 3: Thing 2").disabled).toBe(true);

  await user.click(box("Thing 2: Thing 2"));
  expect(screen.getByText("1 change")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(box("Thing 2: Thing 2").checked).toBe(false);

  await user.click(box("Thing 1: Thing 2"));
  await user.click(box("Thing 1: Thing 3"));
  await user.click(box("Thing 2: Thing 1"));
  expect(screen.getByText("3 changes")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved.")).toBeTruthy();
  const sent = server.received.filter((request) => request.method === "PATCH");
  expect(sent.map((request) => [request.path, request.body])).toEqual([
    ["/api/things/1", { tags: ["3"] }],
    ["/api/things/2", { tags: ["1"] }],
  ]);
});

test("what is refused stays to be seen", async () => {
  const answers = { "PATCH /api/things/1": problem(403, "forbidden", "Not yours.") };
  const { user } = await open(undefined, { answers });
  await screen.findByText("a hint");
  await user.click(box("Thing 1: Thing 3"));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Not yours.")).toBeTruthy();
  expect(screen.getByText("1 change")).toBeTruthy();
  expect(box("Thing 1: Thing 3").checked).toBe(true);
});

test("on a phone one column is shown at a time", async () => {
  showOnPhone(true);
  const { user } = await open();
  await screen.findByRole("list", { name: "Matrix: Thing 1" });
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Show" }));
  await user.click(screen.getByRole("option", { name: "Thing 2" }));
  expect(screen.getByRole("list", { name: "Matrix: Thing 2" })).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: /^Thing 1/u }));
  expect(screen.getByText("1 change")).toBeTruthy();
});

test("nothing to cross, nothing found, and failures are told", async () => {
  const answers: TestServerOptions["answers"] = { "GET /api/things": problem(500, "internal", "It broke.") };
  const { user } = await open([], { answers });
  expect(await screen.findByText("It broke.")).toBeTruthy();
  answers["GET /api/things"] = undefined;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getByText("Nothing to cross")).toBeTruthy());
});
