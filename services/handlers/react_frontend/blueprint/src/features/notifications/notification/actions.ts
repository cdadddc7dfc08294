import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useDeleteNotificationModelMutation, useMarkReadNotificationModelMutation } from "./api.ts";
import type { NotificationModel } from "./types.ts";

/** What can be done to a notification, in lists and on its page. */
export function useNotificationModelActions(): RowAction<NotificationModel>[] {
  const [markReadNotificationModel] = useMarkReadNotificationModelMutation();
  const [deleteNotificationModel] = useDeleteNotificationModelMutation();
  return [
    {
      operation: "mark_read",
      label: "Mark read",
      icon: "check",
      run: (row) => markReadNotificationModel({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `Done: mark read “${row.title}”.`,
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({
        title: "Delete this notification?",
        body: `“${row.title}” is deleted for good. This cannot be undone.`,
      }),
      run: (row) => deleteNotificationModel({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.title}” was deleted.`,
    },
  ];
}
