import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, PointerText, ReferenceText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useNotificationModelActions } from "./actions.ts";
import { useReadNotificationModelQuery } from "./api.ts";

export default function NotificationDetailPage() {
  const { id } = useParams();
  const result = useReadNotificationModelQuery(id ?? skipToken);
  const actions = useNotificationModelActions();

  return (
    <DetailView
      label="Notification"
      result={result}
      title={(row) => row.title}
      back={{ to: "/notifications", label: "Notifications" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/notifications" />}
    >
      {(row) => (
        <>
          <Properties title="Details">
            <Property label="User">
              <ReferenceText value={row.user} />
            </Property>
            <Property label="Kind">
              <LongText value={row.kind} />
            </Property>
            <Property label="Title">
              <LongText value={row.title} />
            </Property>
            <Property label="Link">
              <PointerText
                value={row.link}
                pages={{ User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" }}
              />
            </Property>
            <Property label="Read">
              <DateTime value={row.read_at} />
            </Property>
          </Properties>
          <FilePanel target={{ type: "Notification", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
