import Button from "@mui/material/Button";
import { useState } from "react";
import { Link } from "react-router";
import { RowActionMenu } from "../../../src/shared/actions/RowActionMenu.tsx";
import { Changes } from "../../../src/shared/detail/Changes.tsx";
import { SideDrawer } from "../../../src/shared/detail/SideDrawer.tsx";
import { GridView } from "../../../src/shared/grid/GridView.tsx";
import { useGridChanges } from "../../../src/shared/grid/useGridChanges.ts";
import { CursorListView } from "../../../src/shared/list/CursorListView.tsx";
import { ListView } from "../../../src/shared/list/ListView.tsx";
import type { Column, Filter } from "../../../src/shared/list/types.ts";
import { useListState } from "../../../src/shared/list/useListState.ts";
import { optionsOf } from "../../../src/shared/options.ts";
import { Page } from "../../../src/shared/ui/Page.tsx";
import { SummaryCard } from "../../../src/shared/ui/SummaryCard.tsx";
import * as show from "../../../src/shared/ui/values.tsx";
import { type Thing, kindLabels, thingApi } from "./api.ts";
import { useThingActions } from "./actions.tsx";

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
  { kind: "reference", key: "owner", label: "Owner", nullable: true, collection: "things" },
  { kind: "text", key: "note", label: "Note", nullable: true },
  { kind: "number", key: "size", label: "Size" },
  { kind: "timestamp", key: "created_at", label: "Created" },
];

const empty = {
  title: "No things yet",
  body: "What you add appears here.",
  action: <Link to="/things/new">Add the first</Link>,
};

export function ThingListPage() {
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

export function ThingLogPage() {
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

export function ThingGridPage() {
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

export function ThingHomeCard() {
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
