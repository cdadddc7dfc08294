import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { defineFeature } from "../../src/shared/feature.ts";
import { TextInput } from "../../src/shared/form/inputs.tsx";
import { required } from "../../src/shared/form/rules.ts";
import type { Form } from "../../src/shared/form/useForm.ts";
import type { Entry } from "../../src/shared/related/entry.ts";
import { RowsPanel } from "../../src/shared/related/RowsPanel.tsx";
import { ThreadPanel } from "../../src/shared/related/ThreadPanel.tsx";
import { signedIn } from "../../src/shared/session/session.ts";
import { thing, thingsOf } from "../support/things.tsx";
import { type Thing, thingApi, type ThingInput } from "../support/things/api.ts";
import { visit } from "../support/visit.tsx";

interface Draft {
  name: string;
  note: string;
}

type Input = Pick<ThingInput, "name" | "note">;

function Inputs({ form }: { form: Form<Draft> }) {
  return (
    <>
      <TextInput form={form} name="name" label="Name" required />
      <TextInput form={form} name="note" label="Note" />
    </>
  );
}

const entry: Entry<Thing, Draft, Input> = {
  toDraft: (row) => ({ name: row?.name ?? "", note: row?.note ?? "" }),
  toInput: (draft) => ({ name: draft.name, note: draft.note === "" ? null : draft.note }),
  rules: { name: [required()] },
  Inputs,
};

function useThings() {
  const result = thingApi.useListThingsQuery({ owner: "one", page_size: 25 });
  const [create] = thingApi.useCreateThingMutation();
  const [update] = thingApi.useUpdateThingMutation();
  const [remove] = thingApi.useDeleteThingMutation();
  return {
    result,
    size: 25,
    onMore: () => undefined,
    name: (row: Thing) => row.name,
    entry,
    add: (input: Input) => create({ ...input, owner: "one" } as ThingInput).unwrap(),
    change: (row: Thing, changes: Partial<Input>) =>
      update({ id: row.id, version: row.row_version, changes }).unwrap(),
    remove: (row: Thing) => remove({ id: row.id }).unwrap(),
    move: (row: Thing, to: object) => update({ id: row.id, changes: to }).unwrap(),
  };
}

function Lines() {
  const { move, ...rows } = useThings();
  const columns = [{ key: "name", label: "Name", render: (row: Thing) => row.name }];
  return (
    <RowsPanel
      {...rows}
      title="Lines"
      singular="line"
      columns={columns}
      order={{ of: (row) => row.size ?? 0, move }}
    />
  );
}

function Talk() {
  const rows = useThings();
  return (
    <ThreadPanel
      {...rows}
      title="Comments"
      singular="comment"
      author={(row) => row.owner}
      body={(row) => row.note}
      deleted={(row) => row.note === null}
      parent={(row) => row.tags[0] ?? null}
      reply={(input, to) => rows.add({ ...input, tags: [to.id] } as Input)}
    />
  );
}

const pages = defineFeature({
  name: "panels",
  routes: [
    { path: "/lines", access: signedIn, load: async () => ({ default: Lines }) },
    { path: "/talk", access: signedIn, load: async () => ({ default: Talk }) },
  ],
  menu: [],
});

const owner = { id: "one", display: "Ann" };
const can = ["update", "delete", "move"];

function open(address: string, rows: ReturnType<typeof thing>[]) {
  return visit(address, { collections: thingsOf(rows), extra: [pages], signedIn: [] });
}

const bodies = (server: Awaited<ReturnType<typeof open>>["server"], method: string) =>
  server.received.filter((request) => request.method === method).map(({ body }) => body);

test("rows stand in their order, and one goes a step up or down", async () => {
  const { user, server } = await open("/lines", [
    thing("b", { name: "Second", size: 2, owner }, can),
    thing("a", { name: "First", size: 1, owner }, can),
  ]);
  const table = await screen.findByRole("table", { name: "Lines" });
  expect(
    within(table)
      .getAllByRole("row")
      .map((row) => row.textContent),
  ).toEqual(["NameActions", "First", "Second"]);
  expect(screen.getByRole("button", { name: "Move First up" })).toHaveProperty("disabled", true);
  await user.click(screen.getByRole("button", { name: "Move Second up" }));
  await waitFor(() => expect(bodies(server, "PATCH")).toEqual([{ before: "a" }]));
});

test("a row is added in a dialog, which tells what is missing", async () => {
  const { user, server } = await open("/lines", [thing("a", { owner }, can)]);
  await user.click(await screen.findByRole("button", { name: "Add line" }));
  const dialog = await screen.findByRole("dialog", { name: "New line" });
  await user.click(within(dialog).getByRole("button", { name: "Add" }));
  expect(within(dialog).getByText("This is needed.")).toBeTruthy();
  await user.type(within(dialog).getByRole("textbox", { name: "Name" }), "Third");
  await user.click(within(dialog).getByRole("button", { name: "Add" }));
  expect(await screen.findByText("The line was added.")).toBeTruthy();
  expect(bodies(server, "POST")).toEqual([{ name: "Third", owner: "one" }]);
});

test("of a row that is changed only the change is sent", async () => {
  const { user, server } = await open("/lines", [
    thing("a", { name: "First", note: "as it was", owner }, can),
  ]);
  await user.click(await screen.findByRole("button", { name: "Actions for First" }));
  await user.click(screen.getByRole("menuitem", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit line" });
  await user.type(within(dialog).getByRole("textbox", { name: "Name" }), " of all");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The line was saved.")).toBeTruthy();
  expect(bodies(server, "PATCH")).toEqual([{ name: "First of all" }]);
});

test("an answer stands below what it answers, and can itself be answered", async () => {
  const { user, server } = await open("/talk", [
    thing("b", { note: "the answer", owner, tags: [{ id: "a", display: "A" }] }, []),
    thing("a", { note: "the question", owner }, []),
  ]);
  const list = await screen.findByRole("list", { name: "Comments" });
  const [question] = within(list).getAllByRole("listitem");
  expect(question?.textContent).toMatch(/the question.*the answer/u);
  await user.click(within(list).getAllByRole("button", { name: "Reply" })[1] as HTMLElement);
  const form = screen.getByRole("form", { name: "Reply" });
  await user.type(within(form).getByRole("textbox", { name: "Name" }), "x");
  await user.click(within(form).getByRole("button", { name: "Reply" }));
  await waitFor(() => expect(bodies(server, "POST")).toEqual([{ name: "x", tags: ["b"], owner: "one" }]));
  expect(screen.queryByRole("form", { name: "Reply" })).toBeNull();
});

test("what was deleted keeps its place, says so, and is not answered any more", async () => {
  await open("/talk", [
    thing("b", { note: "the answer", owner, tags: [{ id: "a", display: "A" }] }, []),
    thing("a", { note: null, owner }, []),
  ]);
  const list = await screen.findByRole("list", { name: "Comments" });
  const [question] = within(list).getAllByRole("listitem");
  expect(question?.textContent).toMatch(/This comment was deleted\..*the answer/u);
  expect(within(list).getAllByRole("button", { name: "Reply" })).toHaveLength(1);
});

const input = () =>
  within(screen.getByRole("form", { name: "Add comment" })).getByRole("textbox", { name: "Name" });

test("what is said is sent once, and the input is empty again", async () => {
  const { user } = await open("/talk", [thing("a", { owner }, [])]);
  const form = await screen.findByRole("form", { name: "Add comment" });
  expect(within(form).getByRole("button", { name: "Add comment" })).toHaveProperty("disabled", true);
  await user.type(input(), "refuse me");
  await user.click(screen.getByRole("button", { name: "Add comment" }));
  expect(await screen.findByText("The server does not take this.")).toBeTruthy();
  await user.clear(input());
  await user.type(input(), "fine");
  await user.click(screen.getByRole("button", { name: "Add comment" }));
  await waitFor(() => expect(input()).toHaveProperty("value", ""));
});
