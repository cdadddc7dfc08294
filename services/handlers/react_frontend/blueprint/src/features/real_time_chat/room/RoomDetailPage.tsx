import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useRoomActions } from "./actions.ts";
import { useReadRoomQuery } from "./api.ts";

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
          <Properties title="Details">
            <Property label="Name">
              <LongText value={row.name} />
            </Property>
            <Property label="Counterpart">
              <LongText value={row.counterpart} />
            </Property>
            <Property label="Unread">
              <NumberText value={row.unread} />
            </Property>
            <Property label="Latest">
              <NumberText value={row.latest} />
            </Property>
            <Property label="Latest body">
              <LongText value={row.latest_body} />
            </Property>
            <Property label="Active">
              <DateTime value={row.active_at} />
            </Property>
          </Properties>
          <FilePanel target={{ type: "Room", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
