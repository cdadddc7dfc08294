import Button from "@mui/material/Button";
import { Link } from "react-router";

import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { ListView } from "../../../shared/list/ListView.tsx";
import { createdAt, createdBetween, updatedAt } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { useVisitor } from "../../../shared/session/useVisitor.ts";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Page } from "../../../shared/ui/Page.tsx";
import { ReferenceText, Text } from "../../../shared/ui/values.tsx";
import { useSampleActions } from "./actions.ts";
import { useListSamplesQuery } from "./api.ts";
import type { Sample } from "./types.ts";

const columns: Column<Sample>[] = [
  { key: "title", label: "Title", render: (row) => <Text value={row.title} /> },
  { key: "created_by", label: "Created by", render: (row) => <ReferenceText value={row.created_by} /> },
  { key: "parent", label: "Parent", render: (row) => <ReferenceText value={row.parent} to="/samples" /> },
  createdAt,
  { key: "note", label: "Note", hidden: true, render: (row) => <Text value={row.note} /> },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [
  { kind: "reference", key: "created_by", label: "Created by", collection: "users" },
  { kind: "reference", key: "parent", label: "Parent", nullable: true, collection: "samples" },
  createdBetween,
];

export default function SampleListPage() {
  const visitor = useVisitor();
  const list = useListState({ sort: "-created_at", filters });
  const result = useListSamplesQuery(list.query);
  const actions = useSampleActions();
  const create = visitor.signedIn ? (
    <Button component={Link} to="/samples/new" variant="contained" startIcon={<Icon name="plus" />}>
      New sample
    </Button>
  ) : undefined;

  return (
    <Page title="Samples" actions={create}>
      <ListView
        label="Samples"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search samples"
        rowHref={(row) => `/samples/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.title} actions={actions} />}
        empty={{ title: "No samples yet", body: "What you add appears here.", action: create }}
      />
    </Page>
  );
}
