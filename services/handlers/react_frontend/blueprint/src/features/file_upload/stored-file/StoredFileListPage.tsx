import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { ListView } from "../../../shared/list/ListView.tsx";
import { createdAt, createdBetween, updatedAt } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { optionsOf } from "../../../shared/options.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { EnumChip, Flag, NumberText, PointerText, ReferenceText, Text } from "../../../shared/ui/values.tsx";
import { useStoredFileActions } from "./actions.ts";
import { useListStoredFilesQuery } from "./api.ts";
import { stateLabels, type StoredFile } from "./types.ts";

const columns: Column<StoredFile>[] = [
  { key: "name", label: "Name", render: (row) => <Text value={row.name} /> },
  { key: "uploaded_by", label: "Uploaded by", render: (row) => <ReferenceText value={row.uploaded_by} /> },
  { key: "content_type", label: "Content type", render: (row) => <Text value={row.content_type} /> },
  {
    key: "size",
    label: "Size",
    sortable: true,
    align: "right",
    render: (row) => <NumberText value={row.size} />,
  },
  { key: "checksum", label: "Checksum", render: (row) => <Text value={row.checksum} /> },
  createdAt,
  {
    key: "received",
    label: "Received",
    align: "right",
    hidden: true,
    render: (row) => <NumberText value={row.received} />,
  },
  {
    key: "state",
    label: "State",
    sortable: true,
    hidden: true,
    render: (row) => <EnumChip value={row.state} labels={stateLabels} />,
  },
  {
    key: "pinned",
    label: "Pinned",
    sortable: true,
    hidden: true,
    render: (row) => <Flag value={row.pinned} />,
  },
  {
    key: "target",
    label: "Target",
    hidden: true,
    render: (row) => (
      <PointerText
        value={row.target}
        pages={{ User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" }}
      />
    ),
  },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [
  { kind: "reference", key: "uploaded_by", label: "Uploaded by", collection: "users" },
  { kind: "text", key: "content_type", label: "Content type" },
  { kind: "select", key: "state", label: "State", options: optionsOf(stateLabels) },
  { kind: "flag", key: "pinned", label: "Pinned" },
  createdBetween,
];

export default function StoredFileListPage() {
  const list = useListState({ sort: "-created_at", filters });
  const result = useListStoredFilesQuery(list.query);
  const actions = useStoredFileActions();

  return (
    <Page title="Stored files">
      <ListView
        label="Stored files"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search stored files"
        rowHref={(row) => `/stored-files/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name} actions={actions} />}
        empty={{ title: "No stored files yet" }}
      />
    </Page>
  );
}
