import { useState } from "react";

import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { SideDrawer } from "../../../shared/detail/SideDrawer.tsx";
import { CursorListView } from "../../../shared/list/CursorListView.tsx";
import { createdBetween, createdExactly, updatedExactly } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { DateTime, Text } from "../../../shared/ui/values.tsx";
import { useFailedLoginActions } from "./actions.ts";
import { useListFailedLoginsInfiniteQuery } from "./api.ts";
import { FailedLoginDetails } from "./FailedLoginDetails.tsx";
import type { FailedLogin } from "./types.ts";

const columns: Column<FailedLogin>[] = [
  { key: "email", label: "Email", render: (row) => <Text value={row.email} /> },
  { key: "address", label: "Address", render: (row) => <Text value={row.address} /> },
  createdExactly,
  { key: "blocks_until", label: "Blocks until", render: (row) => <DateTime value={row.blocks_until} /> },
  { key: "cleared_at", label: "Cleared", render: (row) => <DateTime value={row.cleared_at} /> },
  { ...updatedExactly, hidden: true },
];

const filters: Filter[] = [
  { kind: "exact", key: "address", label: "Address", nullable: true },
  { kind: "timestamp", key: "blocks_until", label: "Blocks until" },
  { kind: "timestamp", key: "cleared_at", label: "Cleared", nullable: true },
  createdBetween,
];

export default function FailedLoginListPage() {
  const list = useListState({ filters, cursor: true });
  const result = useListFailedLoginsInfiniteQuery(list.query);
  const actions = useFailedLoginActions();
  const [opened, setOpened] = useState<FailedLogin | null>(null);

  return (
    <Page title="Failed sign-ins">
      <CursorListView
        label="Failed sign-ins"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search failed logins"
        onOpen={setOpened}
        rowActions={(row) => <RowActionMenu row={row} name={row.email} actions={actions} />}
        empty={{ title: "No failed logins yet" }}
      />
      <SideDrawer open={opened !== null} title="Failed login" onClose={() => setOpened(null)}>
        {opened !== null && <FailedLoginDetails row={opened} />}
      </SideDrawer>
    </Page>
  );
}
