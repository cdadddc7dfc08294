import { useOptimistic } from "../../../shared/api/useOptimistic.ts";
import { InboxButton } from "../../../shared/inbox/InboxButton.tsx";
import { InboxList } from "../../../shared/inbox/InboxList.tsx";
import { toasts } from "../../../shared/ui/toasts.ts";
import {
  useListNotificationsInfiniteQuery,
  useMarkAllReadNotificationsMutation,
  useMarkReadNotificationModelMutation,
  useUnreadCountNotificationsQuery,
} from "./api.ts";
import type { NotificationModel } from "./types.ts";

const pages: Record<string, string> = { User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" };

const entry = (row: NotificationModel) => ({
  title: row.title,
  at: row.created_at,
  unread: row.read_at === null,
  about: row.link?.display,
  to: row.link !== null && row.link.type in pages ? `${pages[row.link.type]}/${row.link.id}` : undefined,
});

export default function NotificationInboxPanel() {
  const count = useUnreadCountNotificationsQuery();
  return (
    <InboxButton label="Notifications" unread={count.data?.count}>
      {(close) => <Newest onLeave={close} />}
    </InboxButton>
  );
}

function Newest({ onLeave }: { onLeave: () => void }) {
  const result = useListNotificationsInfiniteQuery({ page_size: 20 });
  const [markReadNotificationModel] = useMarkReadNotificationModelMutation();
  const [markAllReadNotifications] = useMarkAllReadNotificationsMutation();
  const optimistic = useOptimistic("Notification");
  const onRead = (row: NotificationModel) => {
    const read = { read_at: new Date().toISOString() };
    void optimistic(row.id, read, () => markReadNotificationModel({ id: row.id }).unwrap());
  };
  return (
    <InboxList
      title="Notifications"
      result={result}
      entry={entry}
      onRead={onRead}
      onReadAll={() => void markAllReadNotifications().unwrap().catch(toasts.failed)}
      listPath="/notifications"
      onLeave={onLeave}
    />
  );
}
