import { useState } from "react";

import { SideDrawer } from "../../../shared/detail/SideDrawer.tsx";
import { CursorListView } from "../../../shared/list/CursorListView.tsx";
import { createdBetween, createdExactly, updatedExactly } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { ReferenceText, Text } from "../../../shared/ui/values.tsx";
import { useListAuditEntriesInfiniteQuery } from "./api.ts";
import { AuditEntryDetails } from "./AuditEntryDetails.tsx";
import type { AuditEntry } from "./types.ts";

const columns: Column<AuditEntry>[] = [
  createdExactly,
  { key: "actor", label: "Actor", render: (row) => <ReferenceText value={row.actor} /> },
  { key: "action", label: "Action", render: (row) => <Text value={row.action} /> },
  { key: "target_model", label: "Kind", render: (row) => <Text value={row.target_model} /> },
  { key: "target_title", label: "Target", render: (row) => <Text value={row.target_title} /> },
  { key: "address", label: "Address", render: (row) => <Text value={row.address} /> },
  { key: "target_id", label: "Target id", hidden: true, render: (row) => <Text value={row.target_id} /> },
  {
    key: "correlation",
    label: "Correlation",
    hidden: true,
    render: (row) => <Text value={row.correlation} />,
  },
  { ...updatedExactly, hidden: true },
];

const filters: Filter[] = [
  { kind: "reference", key: "actor", label: "Actor", nullable: true, collection: "users" },
  { kind: "text", key: "action", label: "Action" },
  { kind: "text", key: "target_model", label: "Kind" },
  { kind: "exact", key: "target_id", label: "Target id" },
  { kind: "exact", key: "address", label: "Address", nullable: true },
  { kind: "text", key: "correlation", label: "Correlation" },
  createdBetween,
];

export default function AuditEntryListPage() {
  const list = useListState({ filters, cursor: true });
  const result = useListAuditEntriesInfiniteQuery(list.query);
  const [opened, setOpened] = useState<AuditEntry | null>(null);

  return (
    <Page title="Audit log">
      <CursorListView
        label="Audit log"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search audit entries"
        onOpen={setOpened}
        empty={{ title: "No audit entries yet" }}
      />
      <SideDrawer open={opened !== null} title="Audit entry" onClose={() => setOpened(null)}>
        {opened !== null && <AuditEntryDetails row={opened} />}
      </SideDrawer>
    </Page>
  );
}
