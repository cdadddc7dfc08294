import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useDeleteRoomMutation } from "./api.ts";
import { MarkReadRoomDialog } from "./MarkReadRoomDialog.tsx";
import type { Room } from "./types.ts";

/** What can be done to a room, in lists and on its page. */
export function useRoomActions(): RowAction<Room>[] {
  const [deleteRoom] = useDeleteRoomMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/rooms/${row.id}/edit` },
    {
      operation: "mark_read",
      label: "Mark read",
      icon: "check",
      dialog: MarkReadRoomDialog,
      done: (row) => `Done: mark read “${row.name ?? "Room"}”.`,
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({
        title: "Delete this room?",
        body: `“${row.name ?? "Room"}” is deleted for good. This cannot be undone.`,
      }),
      run: (row) => deleteRoom({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name ?? "Room"}” was deleted.`,
    },
  ];
}
