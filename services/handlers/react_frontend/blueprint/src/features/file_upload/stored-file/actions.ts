import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useDeleteStoredFileMutation } from "./api.ts";
import type { StoredFile } from "./types.ts";

/** What can be done to a stored file, in lists and on its page. */
export function useStoredFileActions(): RowAction<StoredFile>[] {
  const [deleteStoredFile] = useDeleteStoredFileMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/stored-files/${row.id}/edit` },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({
        title: "Delete this stored file?",
        body: `“${row.name}” is deleted for good. This cannot be undone.`,
      }),
      run: (row) => deleteStoredFile({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” was deleted.`,
    },
  ];
}
