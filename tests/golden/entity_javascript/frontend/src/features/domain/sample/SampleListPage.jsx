import Button from "@mui/material/Button";
import { Link } from "react-router";

import { RowActionMenu } from "../../../shared/actions/RowActionMenu.jsx";
import { ListView } from "../../../shared/list/ListView.jsx";
import { createdAt, createdBetween, updatedAt } from "../../../shared/list/rowTimes.jsx";
import { useListState } from "../../../shared/list/useListState.js";
import { useVisitor } from "../../../shared/session/useVisitor.js";
import { Icon } from "../../../shared/ui/icons.jsx";
import { Page } from "../../../shared/ui/Page.jsx";
import { ReferenceText, Text } from "../../../shared/ui/values.jsx";
import { useSampleActions } from "./actions.js";
import { useListSamplesQuery } from "./api.js";

const columns = [
  { key: "title", label: "Title", render: (row) => <Text value={row.title} /> },
  { key: "created_by", label: "Created by", render: (row) => <ReferenceText value={row.created_by} /> },
  { key: "parent", label: "Parent", render: (row) => <ReferenceText value={row.parent} to="/samples" /> },
  createdAt,
  { key: "note", label: "Note", hidden: true, render: (row) => <Text value={row.note} /> },
  { ...updatedAt, hidden: true },
];

const filters = [
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
