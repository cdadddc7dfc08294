import { useState } from "react";

import { CommandButton } from "../../../shared/actions/CommandButton.tsx";
import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { SideDrawer } from "../../../shared/detail/SideDrawer.tsx";
import { ListView } from "../../../shared/list/ListView.tsx";
import { createdAt, createdBetween, updatedAt } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { DateTime, Flag, ReferenceText, Text } from "../../../shared/ui/values.tsx";
import type { Session } from "../../authentication/session/types.ts";
import { useSessionActions } from "./actions.ts";
import { useEndOthersSessionsMutation, useListSessionsQuery } from "./api.ts";
import { SessionDetails } from "./SessionDetails.tsx";

const columns: Column<Session>[] = [
  { key: "device", label: "Device", render: (row) => <Text value={row.device} /> },
  { key: "address", label: "Address", render: (row) => <Text value={row.address} /> },
  {
    key: "last_used_at",
    label: "Last used",
    sortable: true,
    render: (row) => <DateTime value={row.last_used_at} />,
  },
  createdAt,
  { key: "current", label: "Current", render: (row) => <Flag value={row.current} /> },
  { key: "user", label: "User", hidden: true, render: (row) => <ReferenceText value={row.user} /> },
  {
    key: "expires_at",
    label: "Expires",
    sortable: true,
    hidden: true,
    render: (row) => <DateTime value={row.expires_at} />,
  },
  {
    key: "ended_at",
    label: "Ended",
    sortable: true,
    hidden: true,
    render: (row) => <DateTime value={row.ended_at} />,
  },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [
  { kind: "reference", key: "user", label: "User", collection: "users" },
  { kind: "timestamp", key: "last_used_at", label: "Last used" },
  { kind: "timestamp", key: "expires_at", label: "Expires" },
  { kind: "timestamp", key: "ended_at", label: "Ended", nullable: true },
  createdBetween,
];

// The page shows these rows alone.
const fixed = { open: "true" };

export default function SessionListPage() {
  const list = useListState({ sort: "-created_at", filters, fixed });
  const result = useListSessionsQuery(list.query);
  const actions = useSessionActions();
  const [opened, setOpened] = useState<Session | null>(null);
  const [endOthersSessions] = useEndOthersSessionsMutation();

  return (
    <Page
      title="Devices"
      actions={
        <>
          <CommandButton
            label="End other sessions"
            confirm={{ title: "End other sessions?", body: "This applies to all of them at once." }}
            run={() => endOthersSessions().unwrap()}
            done="End other sessions: done."
          />
        </>
      }
    >
      <ListView
        label="Devices"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        onOpen={setOpened}
        rowActions={(row) => <RowActionMenu row={row} name={row.device ?? "Session"} actions={actions} />}
        empty={{ title: "No sessions yet" }}
      />
      <SideDrawer open={opened !== null} title="Session" onClose={() => setOpened(null)}>
        {opened !== null && <SessionDetails row={opened} />}
      </SideDrawer>
    </Page>
  );
}
