import type { RowAction } from "../../shared/actions/rowActions.ts";
import { download } from "../../shared/files/download.ts";
import { RenameDialog } from "./RenameDialog.tsx";
import { useDeleteStoredFileMutation } from "./stored-file/api.ts";
import type { StoredFile } from "./stored-file/types.ts";

/** What can be done to a file. */
export function useFileActions(): RowAction<StoredFile>[] {
  const [remove] = useDeleteStoredFileMutation();
  return [
    {
      operation: "download",
      label: "Download",
      icon: "download",
      run: download,
      done: (file) => `“${file.name}” was downloaded.`,
    },
    {
      operation: "update",
      label: "Rename",
      icon: "edit",
      dialog: RenameDialog,
      done: () => "The file was renamed.",
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (file) => ({
        title: "Delete this file?",
        body: `“${file.name}” is deleted for good. This cannot be undone.`,
      }),
      run: (file) => remove({ id: file.id, version: file.row_version }).unwrap(),
      done: (file) => `“${file.name}” was deleted.`,
    },
  ];
}
