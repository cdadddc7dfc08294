import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, PointerText, ReferenceText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useNotificationModelActions } from "./actions.ts";
import { useReadNotificationModelQuery } from "./api.ts";
import type { NotificationModel } from "./types.ts";

const properties: Property<NotificationModel>[] = [
  { key: "user", label: "User", render: (row) => <ReferenceText value={row.user} /> },
  { key: "kind", label: "Kind", render: (row) => <LongText value={row.kind} /> },
  { key: "title", label: "Title", render: (row) => <LongText value={row.title} /> },
  {
    key: "link",
    label: "Link",
    render: (row) => (
      <PointerText
        value={row.link}
        pages={{ User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" }}
      />
    ),
  },
  { key: "read_at", label: "Read", render: (row) => <DateTime value={row.read_at} /> },
];

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
          <Properties title="Details" row={row} properties={properties} />
          <FilePanel target={{ type: "Notification", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
