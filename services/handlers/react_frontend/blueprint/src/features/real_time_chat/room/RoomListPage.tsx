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
import { DateTime, NumberText, Text } from "../../../shared/ui/values.tsx";
import { useRoomActions } from "./actions.ts";
import { useListRoomsQuery } from "./api.ts";
import type { Room } from "./types.ts";

const columns: Column<Room>[] = [
  { key: "name", label: "Name", render: (row) => <Text value={row.name} /> },
  { key: "counterpart", label: "Counterpart", render: (row) => <Text value={row.counterpart} /> },
  { key: "unread", label: "Unread", align: "right", render: (row) => <NumberText value={row.unread} /> },
  { key: "latest", label: "Latest", align: "right", render: (row) => <NumberText value={row.latest} /> },
  { key: "active_at", label: "Active", render: (row) => <DateTime value={row.active_at} /> },
  createdAt,
  {
    key: "latest_body",
    label: "Latest body",
    hidden: true,
    render: (row) => <Text value={row.latest_body} />,
  },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [createdBetween];

export default function RoomListPage() {
  const visitor = useVisitor();
  const list = useListState({ sort: "-created_at", filters });
  const result = useListRoomsQuery(list.query);
  const actions = useRoomActions();
  const create = visitor.signedIn ? (
    <Button component={Link} to="/rooms/new" variant="contained" startIcon={<Icon name="plus" />}>
      New room
    </Button>
  ) : undefined;

  return (
    <Page title="Rooms" actions={create}>
      <ListView
        label="Rooms"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search rooms"
        rowHref={(row) => `/rooms/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name ?? "Room"} actions={actions} />}
        empty={{ title: "No rooms yet", body: "What you add appears here.", action: create }}
      />
    </Page>
  );
}
