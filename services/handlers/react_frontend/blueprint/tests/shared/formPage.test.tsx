import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";

import { TextInput } from "../../src/shared/form/inputs.tsx";
import { RowForm } from "../../src/shared/form/RowForm.tsx";
import { problem, type TestServerOptions } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

function open(address: string, options: Partial<TestServerOptions> = {}) {
  const rows = [thing("1", { name: "First", kind: "round", size: 3, data: { a: 1 } }), thing("2")];
  return visit(address, { collections: thingsOf(rows), extra: [things], signedIn: [], ...options });
}

const save = () => screen.getByRole("button", { name: "Save" });

test("every entry is judged when it is left, and nothing wrong is sent", async () => {
  const { user, server } = await open("/things/new");
  await user.type(await screen.findByLabelText(/^Name/u), "x");
  await user.type(screen.getByLabelText("Size"), "11");
  await user.type(screen.getByLabelText("Price"), "1.234");
  fireEvent.change(screen.getByLabelText("Data"), { target: { value: "{" } });
  await user.type(screen.getByLabelText("Link"), "ftp://x");
  await user.click(save());
  for (const complaint of [
    "Use at least 2 characters.",
    "Enter 10 or less.",
    "Enter a number with at most 2 digits after the point.",
    "This is not valid JSON.",
    "Enter an address that starts with https://.",
  ]) {
    expect(screen.getByText(complaint)).toBeTruthy();
  }
  expect(document.activeElement).toBe(screen.getByLabelText(/^Name/u));
  expect(server.received.some((request) => request.method === "POST")).toBe(false);
});

test("what was entered travels in the types of the API, and blanks are left to the server", async () => {
  const { user, server, location } = await open("/things/new");
  await user.type(await screen.findByLabelText(/^Name/u), "A new thing here");
  expect(screen.getByText("16 of 20 characters")).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Kind" }));
  await user.click(screen.getByRole("option", { name: "Square" }));
  await user.type(screen.getByLabelText("Size"), "7");
  await user.click(screen.getByLabelText("Active"));
  await user.type(screen.getByRole("combobox", { name: "Owner" }), "Fir");
  await user.click(await screen.findByRole("option", { name: "First" }));
  await user.type(screen.getByRole("combobox", { name: "Tags" }), "Thing");
  await user.click(await screen.findByRole("option", { name: "Thing 2" }));
  fireEvent.change(screen.getByLabelText("At"), { target: { value: "2026-01-31T12:00" } });
  fireEvent.change(screen.getByLabelText("Data"), { target: { value: '{"b": 2}' } });
  await user.type(screen.getByLabelText("Secret"), "hush");
  await user.click(screen.getByLabelText("Show the password"));
  expect(screen.getByLabelText("Secret").getAttribute("type")).toBe("text");
  await user.click(save());
  await waitFor(() => expect(location()).toContain("/things/new-"));
  const sent = server.received.find((request) => request.method === "POST")?.body;
  expect(sent).toEqual({
    name: "A new thing here",
    kind: "square",
    size: 7,
    active: false,
    owner: "1",
    tags: ["2"],
    at: new Date("2026-01-31T12:00").toISOString(),
    data: { b: 2 },
    secret: "hush",
  });
});

test("only what changed is sent, with the version that was seen", async () => {
  const { user, server } = await open("/things/1/edit");
  const note = await screen.findByLabelText("Note");
  expect(save().hasAttribute("disabled")).toBe(true);
  await user.type(note, "noted");
  await user.click(save());
  expect(await screen.findByText("“First” was saved.")).toBeTruthy();
  const sent = server.received.find((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ note: "noted" });
  expect(sent?.headers["if-match"]).toBe('"1"');
});

test("what the server refuses stands beside its field, or above the form where it belongs to none", async () => {
  const refused = problem(422, "validation_failed", "Some entries are not right.", [
    { field: "name", code: "taken", message: "This name is taken." },
    { field: "elsewhere", code: "odd", message: "Something else is odd." },
  ]);
  const { user } = await open("/things/new", { answers: { "POST /api/things": refused } });
  await user.type(await screen.findByLabelText(/^Name/u), "Taken");
  await user.click(save());
  expect(await screen.findByText("This name is taken.")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("elsewhere: Something else is odd.");
  await user.type(screen.getByLabelText(/^Name/u), "!");
  expect(screen.queryByText("This name is taken.")).toBeNull();
});

test("a failure names the request, so that support can find it", async () => {
  const { user } = await open("/things/new", {
    answers: { "POST /api/things": problem(500, "internal", "It broke.") },
  });
  await user.type(await screen.findByLabelText(/^Name/u), "Good");
  await user.click(save());
  expect((await screen.findByRole("alert")).textContent).toBe("It broke.Reference test-correlation");
});

async function conflict() {
  const rows = [thing("1", { name: "First" })];
  const visited = await visit("/things/1/edit", {
    collections: thingsOf(rows),
    extra: [things],
    signedIn: [],
  });
  await visited.user.type(await screen.findByLabelText("Note"), "mine");
  Object.assign(rows[0] ?? {}, { name: "Theirs", row_version: 2 });
  await visited.user.click(save());
  expect(await screen.findByText(/^Somebody changed this/u)).toBeTruthy();
  return visited;
}

test("after somebody else's change, one's own can be kept and saved again", async () => {
  const { user, server } = await conflict();
  const reads = () =>
    server.received.filter(({ method, path }) => method === "GET" && path === "/api/things/1");
  await waitFor(() => expect(reads()).toHaveLength(2));
  await user.click(screen.getByRole("button", { name: "Keep mine, I will save again" }));
  await waitFor(() => expect((screen.getByLabelText(/^Name/u) as HTMLInputElement).value).toBe("Theirs"));
  await user.click(save());
  expect(await screen.findByText("“Theirs” was saved.")).toBeTruthy();
  const sent = server.received.findLast((request) => request.method === "PATCH");
  expect(sent?.body).toEqual({ note: "mine" });
  expect(sent?.headers["if-match"]).toBe('"2"');
});

test("after somebody else's change, one's own can be given up", async () => {
  const { user, location } = await conflict();
  await user.click(screen.getByRole("button", { name: "Discard my changes" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Theirs" })).toBeTruthy();
  expect(location()).toBe("/things/1");
});

test("unsaved entries are not lost without a question", async () => {
  const { user, location } = await open("/things/new");
  await user.type(await screen.findByLabelText(/^Name/u), "Half");
  const closing = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(closing);
  expect(closing.defaultPrevented).toBe(true);

  await user.click(screen.getByRole("button", { name: "Cancel" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Leave without saving?" });
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(location()).toBe("/things/new");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  await waitFor(() => expect(location()).toBe("/things"));
});

test("choices that cannot be loaded are told at their field", async () => {
  await open("/things/new", { answers: { "GET /api/things/choices": problem(403, "forbidden", "No.") } });
  expect((await screen.findAllByText("The choices could not be loaded.")).length).toBeGreaterThan(0);
});

test("a row that is not there has no form", async () => {
  await open("/things/nine/edit");
  expect((await screen.findByRole("alert")).textContent).toContain("Not found");
});

test("a form of what is always there stays, and begins anew with what was saved", async () => {
  const now = "2026-01-31T12:00:00.000Z";
  const stored = { id: "1", created_at: now, updated_at: now, can: [], name: "first" };
  const sent: unknown[] = [];
  function Stay() {
    return (
      <RowForm
        row={stored}
        toDraft={(row) => ({ name: row?.name ?? "" })}
        toInput={(draft: { name: string }) => draft}
        rules={{}}
        update={({ changes }) => {
          sent.push(changes);
          return Promise.resolve({ ...stored, name: (changes.name ?? "").toUpperCase() });
        }}
        submitLabel="Save"
        saved={() => "Your changes were saved."}
      >
        {(form) => <TextInput form={form} name="name" label="Name" />}
      </RowForm>
    );
  }
  const user = userEvent.setup();
  const router = createMemoryRouter([{ path: "/", element: <Stay /> }]);
  render(<RouterProvider router={router} />);
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  const name = screen.getByLabelText<HTMLInputElement>("Name");
  await user.clear(name);
  await user.type(name, "second");
  await user.click(save());
  await waitFor(() => expect(name.value).toBe("SECOND"));
  expect(save().hasAttribute("disabled")).toBe(true);
  // What it was at first is a change now.
  await user.clear(name);
  await user.type(name, "first");
  await user.click(save());
  await waitFor(() => expect(name.value).toBe("FIRST"));
  expect(sent).toEqual([{ name: "second" }, { name: "first" }]);
});
