import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useDeleteRoleMutation } from "./api.ts";
import type { Role } from "./types.ts";

/** What can be done to a role, in lists and on its page. */
export function useRoleActions(): RowAction<Role>[] {
  const [deleteRole] = useDeleteRoleMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/roles/${row.id}/edit` },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({
        title: "Delete this role?",
        body: `“${row.name}” is deleted for good. This cannot be undone.`,
      }),
      run: (row) => deleteRole({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” was deleted.`,
    },
  ];
}
