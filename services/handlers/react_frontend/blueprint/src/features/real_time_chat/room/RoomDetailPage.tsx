import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useRoomActions } from "./actions.ts";
import { useReadRoomQuery } from "./api.ts";
import type { Room } from "./types.ts";

const properties: Property<Room>[] = [
  { key: "name", label: "Name", render: (row) => <LongText value={row.name} /> },
  { key: "counterpart", label: "Counterpart", render: (row) => <LongText value={row.counterpart} /> },
  { key: "unread", label: "Unread", render: (row) => <NumberText value={row.unread} /> },
  { key: "latest", label: "Latest", render: (row) => <NumberText value={row.latest} /> },
  { key: "latest_body", label: "Latest body", render: (row) => <LongText value={row.latest_body} /> },
  { key: "active_at", label: "Active", render: (row) => <DateTime value={row.active_at} /> },
];

export default function RoomDetailPage() {
  const { id } = useParams();
  const result = useReadRoomQuery(id ?? skipToken);
  const actions = useRoomActions();

  return (
    <DetailView
      label="Room"
      result={result}
      title={(row) => row.name ?? "Room"}
      back={{ to: "/rooms", label: "Rooms" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/rooms" />}
    >
      {(row) => (
        <>
          <Properties title="Details" row={row} properties={properties} />
          <FilePanel target={{ type: "Room", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
