import Button from "@mui/material/Button";
import { skipToken } from "@reduxjs/toolkit/query/react";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { RowActionButtons } from "../../src/shared/actions/RowActionButtons.tsx";
import { RowActionMenu } from "../../src/shared/actions/RowActionMenu.tsx";
import { InputDialog } from "../../src/shared/actions/InputDialog.tsx";
import type { ActionDialogProps, RowAction } from "../../src/shared/actions/rowActions.ts";
import { api } from "../../src/shared/api/api.ts";
import type {
  CursorPage,
  ListQuery,
  Page as PageOfRows,
  Reference,
  RowArguments,
  UpdateArguments,
  VersionedRow,
} from "../../src/shared/api/types.ts";
import { Changes } from "../../src/shared/detail/Changes.tsx";
import { DetailView } from "../../src/shared/detail/DetailView.tsx";
import { Properties, Property } from "../../src/shared/detail/Properties.tsx";
import { SideDrawer } from "../../src/shared/detail/SideDrawer.tsx";
import { defineFeature } from "../../src/shared/feature.ts";
import * as convert from "../../src/shared/form/convert.ts";
import { FormView } from "../../src/shared/form/FormView.tsx";
import { CheckboxInput, PasswordInput, SelectInput, TextInput } from "../../src/shared/form/inputs.tsx";
import { ReferenceInput, ReferencesInput } from "../../src/shared/form/ReferenceInput.tsx";
import * as rule from "../../src/shared/form/rules.ts";
import { GridView } from "../../src/shared/grid/GridView.tsx";
import { useGridChanges } from "../../src/shared/grid/useGridChanges.ts";
import { CursorListView } from "../../src/shared/list/CursorListView.tsx";
import { ListView } from "../../src/shared/list/ListView.tsx";
import type { Column, Filter } from "../../src/shared/list/types.ts";
import { useListState } from "../../src/shared/list/useListState.ts";
import { optionsOf } from "../../src/shared/options.ts";
import { signedIn } from "../../src/shared/session/session.ts";
import { Page } from "../../src/shared/ui/Page.tsx";
import { SummaryCard } from "../../src/shared/ui/SummaryCard.tsx";
import * as show from "../../src/shared/ui/values.tsx";
import { storedRow } from "./rows.ts";
import type { Collection } from "./server.ts";

/** A row with a field of every kind, so that what pages share is tested whatever features an application has. */
interface Thing extends VersionedRow {
  name: string;
  kind: string | null;
  size: number | null;
  price: string | null;
  active: boolean | null;
  owner: Reference | null;
  tags: Reference[];
  note: string | null;
  due: string | null;
  at: string | null;
  data: unknown;
  link: string | null;
}

interface ThingInput {
  name: string;
  kind: string | null;
  size: number | null;
  price: string | null;
  active: boolean;
  owner: string | null;
  tags: string[];
  note: string | null;
  at: string | null;
  data: unknown;
  link: string | null;
  secret: string | null;
}

const kindLabels = { round: "Round", square: "Square" };
const tags = [{ type: "Thing" }, { type: "Thing", id: "LIST" }, { type: "Choices", id: "things" }] as const;

const thingApi = api.enhanceEndpoints({ addTagTypes: ["Thing"] }).injectEndpoints({
  overrideExisting: true,
  endpoints: (build) => ({
    listThings: build.query<PageOfRows<Thing>, ListQuery>({
      query: (params) => ({ url: "/things", params }),
      providesTags: [{ type: "Thing", id: "LIST" }],
    }),
    followThings: build.infiniteQuery<CursorPage<Thing>, ListQuery, string>({
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.next_cursor ?? undefined,
      },
      query: ({ queryArg, pageParam }) => ({
        url: "/log",
        params: pageParam === "" ? queryArg : { ...queryArg, cursor: pageParam },
      }),
    }),
    readThing: build.query<Thing, string>({
      query: (id) => ({ url: `/things/${id}` }),
      providesTags: (_row, _error, id) => [{ type: "Thing", id }],
    }),
    createThing: build.mutation<Thing, ThingInput>({
      query: (body) => ({ url: "/things", method: "POST", body }),
      invalidatesTags: [...tags],
    }),
    updateThing: build.mutation<Thing, UpdateArguments<ThingInput>>({
      query: ({ id, version, changes }) => ({
        url: `/things/${id}`,
        method: "PATCH",
        body: changes,
        version,
      }),
      invalidatesTags: [...tags],
    }),
    deleteThing: build.mutation<void, RowArguments>({
      query: ({ id, version }) => ({ url: `/things/${id}`, method: "DELETE", version }),
      invalidatesTags: [{ type: "Thing", id: "LIST" }],
    }),
    polishThing: build.mutation<Thing, RowArguments>({
      query: ({ id, version }) => ({ url: `/things/${id}/polish`, method: "POST", version }),
      invalidatesTags: [...tags],
    }),
    renameThing: build.mutation<Thing, RowArguments & { input: { name: string } }>({
      query: ({ id, version, input }) => ({
        url: `/things/${id}/rename`,
        method: "POST",
        body: input,
        version,
      }),
      invalidatesTags: [...tags],
    }),
    restoreThing: build.mutation<Thing, RowArguments>({
      query: ({ id }) => ({ url: `/things/${id}/restore`, method: "POST" }),
      invalidatesTags: [...tags],
    }),
  }),
});

const columns: Column<Thing>[] = [
  { key: "name", label: "Name", sortable: true, render: (row) => <show.Text value={row.name} /> },
  {
    key: "kind",
    label: "Kind",
    sortable: true,
    render: (row) => <show.EnumChip value={row.kind} labels={kindLabels} />,
  },
  { key: "size", label: "Size", align: "right", render: (row) => <show.NumberText value={row.size} /> },
  { key: "active", label: "Active", hidden: true, render: (row) => <show.Flag value={row.active} /> },
];

const filters: Filter[] = [
  { kind: "select", key: "kind", label: "Kind", options: optionsOf(kindLabels) },
  { kind: "reference", key: "owner", label: "Owner", collection: "things" },
  { kind: "text", key: "note", label: "Note" },
  { kind: "number", key: "size", label: "Size" },
  { kind: "timestamp", key: "created_at", label: "Created" },
];

const empty = {
  title: "No things yet",
  body: "What you add appears here.",
  action: <Link to="/things/new">Add the first</Link>,
};

function RenameDialog({ row, onDone, onCancel }: ActionDialogProps<Thing>) {
  const [rename] = thingApi.useRenameThingMutation();
  return (
    <InputDialog
      title="Rename this thing"
      submitLabel="Rename"
      blank={{ name: "" }}
      rules={{ name: [rule.required()] }}
      send={(input) => rename({ id: row.id, version: row.row_version, input }).unwrap()}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(form) => <TextInput form={form} name="name" label="New name" required />}
    </InputDialog>
  );
}

function useThingActions(): RowAction<Thing>[] {
  const [polish] = thingApi.usePolishThingMutation();
  const [remove] = thingApi.useDeleteThingMutation();
  const [restore] = thingApi.useRestoreThingMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/things/${row.id}/edit` },
    {
      operation: "polish",
      label: "Polish",
      icon: "check",
      when: (row) => row.kind !== "square",
      run: (row) => polish({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” shines.`,
    },
    {
      operation: "rename",
      label: "Rename",
      icon: "edit",
      dialog: RenameDialog,
      done: (row) => `“${row.name}” has another name.`,
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({ title: "Delete this thing?", body: `“${row.name}” is removed.` }),
      run: (row) => remove({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” was deleted.`,
      undo: (row) => restore({ id: row.id }).unwrap(),
    },
  ];
}

function ThingListPage() {
  const list = useListState({ sort: "-created_at", filters });
  const result = thingApi.useListThingsQuery(list.query);
  const actions = useThingActions();
  return (
    <Page title="Things">
      <ListView
        label="Things"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search things"
        rowHref={(row) => `/things/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name} actions={actions} />}
        empty={empty}
      />
    </Page>
  );
}

function ThingLogPage() {
  const list = useListState({ cursor: true });
  const result = thingApi.useFollowThingsInfiniteQuery(list.query);
  const [opened, setOpened] = useState<Thing | null>(null);
  return (
    <Page title="Log">
      <CursorListView
        label="Log"
        list={list}
        result={result}
        columns={columns}
        onOpen={setOpened}
        empty={empty}
      />
      <SideDrawer open={opened !== null} title="Entry" onClose={() => setOpened(null)}>
        {opened !== null && (
          <Changes before={{ name: "old", same: 1 }} after={{ name: opened.name, same: 1 }} />
        )}
        {opened !== null && <Changes before={null} after={null} />}
      </SideDrawer>
    </Page>
  );
}

function ThingDetailPage() {
  const { id } = useParams();
  const result = thingApi.useReadThingQuery(id ?? skipToken);
  const actions = useThingActions();
  return (
    <DetailView
      label="Thing"
      result={result}
      title={(row) => row.name}
      back={{ to: "/things", label: "Things" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/things" />}
    >
      {(row) => (
        <Properties title="Details">
          <Property label="Kind">
            <show.EnumChip value={row.kind} labels={kindLabels} />
          </Property>
          <Property label="Price">
            <show.NumberText value={row.price} />
          </Property>
          <Property label="Owner">
            <show.ReferenceText value={row.owner} to="/things" />
          </Property>
          <Property label="Tags">
            <show.ReferenceChips value={row.tags} max={1} />
          </Property>
          <Property label="Note">
            <show.LongText value={row.note} />
          </Property>
          <Property label="Due">
            <show.DateOnly value={row.due} />
          </Property>
          <Property label="At">
            <show.DateTime value={row.at} exact />
          </Property>
          <Property label="Data">
            <show.JsonBlock value={row.data} />
          </Property>
          <Property label="Link">
            <show.ExternalLink value={row.link} />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}

interface Draft {
  name: string;
  kind: string;
  size: string;
  price: string;
  active: boolean;
  owner: Reference | null;
  tags: Reference[];
  note: string;
  at: string;
  data: string;
  link: string;
  secret: string;
}

const rules: rule.Rules<Draft> = {
  name: [rule.required(), rule.length(2, 20)],
  size: [rule.wholeNumber(1, 10)],
  price: [rule.decimalNumber(6, 2)],
  data: [rule.json()],
  link: [rule.webAddress()],
};

function toDraft(row: Thing | undefined): Draft {
  return {
    name: row?.name ?? "",
    kind: row?.kind ?? "",
    size: row?.size?.toString() ?? "",
    price: row?.price ?? "",
    active: row?.active ?? true,
    owner: row?.owner ?? null,
    tags: row?.tags ?? [],
    note: row?.note ?? "",
    at: convert.toLocalInput(row?.at ?? null),
    data: convert.toJsonText(row?.data),
    link: row?.link ?? "",
    secret: "",
  };
}

function toInput(draft: Draft): ThingInput {
  return {
    name: draft.name,
    kind: convert.optionalText(draft.kind),
    size: convert.optionalNumber(draft.size),
    price: convert.optionalText(draft.price),
    active: draft.active,
    owner: convert.idOf(draft.owner),
    tags: convert.idsOf(draft.tags),
    note: convert.optionalText(draft.note),
    at: convert.fromLocalInput(draft.at),
    data: convert.fromJsonText(draft.data),
    link: convert.optionalText(draft.link),
    secret: convert.optionalText(draft.secret),
  };
}

function ThingFormPage() {
  const { id } = useParams();
  const existing = thingApi.useReadThingQuery(id ?? skipToken);
  const [create] = thingApi.useCreateThingMutation();
  const [update] = thingApi.useUpdateThingMutation();
  return (
    <FormView
      title={id === undefined ? "New thing" : "Edit thing"}
      back={{ to: "/things", label: "Things" }}
      existing={id === undefined ? undefined : existing}
      create={(input: ThingInput) => create(input).unwrap()}
      update={(change) => update(change).unwrap()}
      submitLabel="Save"
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/things" : `/things/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" required maxLength={20} />
          <SelectInput form={form} name="kind" label="Kind" options={optionsOf(kindLabels)} />
          <TextInput form={form} name="size" label="Size" inputMode="numeric" />
          <TextInput form={form} name="price" label="Price" inputMode="decimal" />
          <CheckboxInput form={form} name="active" label="Active" hint="Seen by others." />
          <ReferenceInput form={form} name="owner" label="Owner" collection="things" />
          <ReferencesInput form={form} name="tags" label="Tags" collection="things" hint="Any number." />
          <TextInput form={form} name="note" label="Note" multiline />
          <TextInput form={form} name="at" label="At" type="datetime-local" />
          <TextInput form={form} name="data" label="Data" multiline />
          <TextInput form={form} name="link" label="Link" type="url" />
          <PasswordInput form={form} name="secret" label="Secret" autoComplete="new-password" />
        </>
      )}
    </FormView>
  );
}

function ThingGridPage() {
  const list = useListState({});
  const lines = thingApi.useListThingsQuery(list.query);
  const heads = thingApi.useListThingsQuery({ page_size: 100 });
  const [update] = thingApi.useUpdateThingMutation();
  const changes = useGridChanges({
    owner: "line",
    owners: lines.data?.items ?? [],
    idsOf: (row) => row.tags.map((tag) => tag.id),
    store: (row, ids) => update({ id: row.id, version: row.row_version, changes: { tags: ids } }).unwrap(),
  });
  return (
    <Page title="Matrix">
      <GridView
        label="Matrix"
        list={list}
        lines={lines}
        heads={heads}
        line={(row) => ({ id: row.id, label: row.name, hint: row.note ?? undefined })}
        head={(row) => ({ id: row.id, label: row.name })}
        cell={(line, head) => ({
          linked: line.tags.some((tag) => tag.id === head.id),
          editable: line.can.includes("update"),
        })}
        changes={changes}
        searchLabel="Search lines"
        empty={{ title: "Nothing to cross" }}
      />
    </Page>
  );
}

function ThingHomeCard() {
  const result = thingApi.useListThingsQuery({ page_size: 4 });
  return (
    <SummaryCard
      title="Things"
      path="/things"
      result={result}
      name={(row) => row.name}
      create={
        <Button component={Link} to="/things/new">
          Add a thing
        </Button>
      }
    />
  );
}

function BrokenPage(): never {
  throw new Error("This page breaks.");
}

const page = (path: string, Component: React.ComponentType) => ({
  path,
  access: signedIn,
  load: async () => ({ default: Component }),
});

/** A feature of the tests: one model with every kind of page. */
export const things = defineFeature({
  name: "things",
  routes: [
    page("/things", ThingListPage),
    page("/things/new", ThingFormPage),
    page("/things/log", ThingLogPage),
    page("/things/matrix", ThingGridPage),
    page("/things/broken", BrokenPage),
    page("/things/:id", ThingDetailPage),
    page("/things/:id/edit", ThingFormPage),
    { ...page("/things/vault", ThingListPage), access: (visitor) => visitor.can("things.vault") },
  ],
  menu: [
    { section: "main", label: "Things", path: "/things", icon: "list", access: signedIn },
    {
      section: "admin",
      label: "Vault",
      path: "/things/vault",
      icon: "lock",
      access: (visitor) => visitor.can("things.vault"),
    },
  ],
  slots: { home: [{ key: "things", access: signedIn, load: async () => ({ default: ThingHomeCard }) }] },
});

const blank = {
  kind: null,
  size: null,
  price: null,
  active: null,
  owner: null,
  tags: [],
  note: null,
  due: null,
  at: null,
  data: null,
  link: null,
};

export const everything = ["update", "polish", "delete"];

/** A thing as the API answers it. */
export function thing(id: string, members: Record<string, unknown> = {}, can: string[] = everything) {
  return storedRow(id, { ...blank, name: `Thing ${id}`, ...members }, can);
}

/** The collection behind the pages of `things`. */
export function thingsOf(rows: ReturnType<typeof thing>[]): Record<string, Collection> {
  const collection = { rows, search: ["name"], required: ["name"], display: "name" };
  return { things: collection, log: { ...collection, cursor: true } };
}
