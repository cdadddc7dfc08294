import { CommandButton } from "../../../shared/actions/CommandButton.tsx";
import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { CursorListView } from "../../../shared/list/CursorListView.tsx";
import { createdBetween, createdExactly, updatedExactly } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { DateTime, PointerText, Text } from "../../../shared/ui/values.tsx";
import { useSendTestNotificationMutation } from "../api.ts";
import { useNotificationModelActions } from "./actions.ts";
import { useListNotificationsInfiniteQuery, useMarkAllReadNotificationsMutation } from "./api.ts";
import type { NotificationModel } from "./types.ts";

const columns: Column<NotificationModel>[] = [
  { key: "title", label: "Title", render: (row) => <Text value={row.title} /> },
  { key: "kind", label: "Kind", render: (row) => <Text value={row.kind} /> },
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
  createdExactly,
  { ...updatedExactly, hidden: true },
];

const filters: Filter[] = [
  { kind: "text", key: "kind", label: "Kind" },
  { kind: "timestamp", key: "read_at", label: "Read", nullable: true },
  createdBetween,
];

export default function NotificationListPage() {
  const list = useListState({ filters, cursor: true });
  const result = useListNotificationsInfiniteQuery(list.query);
  const actions = useNotificationModelActions();
  const [markAllReadNotifications] = useMarkAllReadNotificationsMutation();
  const [sendTestNotification] = useSendTestNotificationMutation();

  return (
    <Page
      title="Notifications"
      actions={
        <>
          <CommandButton
            label="Mark all read"
            run={() => markAllReadNotifications().unwrap()}
            done="Mark all read: done."
          />
          <CommandButton
            label="Send test notification"
            run={() => sendTestNotification().unwrap()}
            done="Send test notification: done."
          />
        </>
      }
    >
      <CursorListView
        label="Notifications"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        rowHref={(row) => `/notifications/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.title} actions={actions} />}
        empty={{ title: "No notifications yet" }}
      />
    </Page>
  );
}
