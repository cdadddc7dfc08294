import type { RowAction } from "../../../shared/actions/rowActions.ts";
import type { User } from "../../authentication/user/types.ts";
import {
  useDeactivateUserMutation,
  useDeleteUserMutation,
  useReactivateUserMutation,
  useRestoreUserMutation,
} from "./api.ts";

/** What can be done to a user, in lists and on its page. */
export function useUserActions(): RowAction<User>[] {
  const [deactivateUser] = useDeactivateUserMutation();
  const [reactivateUser] = useReactivateUserMutation();
  const [deleteUser] = useDeleteUserMutation();
  const [restoreUser] = useRestoreUserMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/users/${row.id}/edit` },
    {
      operation: "deactivate",
      label: "Deactivate",
      icon: "lock",
      when: (row) => row.active !== false,
      confirm: (row) => ({ title: "Deactivate this user?", body: `This applies to “${row.name}”.` }),
      run: (row) => deactivateUser({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `Done: deactivate “${row.name}”.`,
    },
    {
      operation: "reactivate",
      label: "Reactivate",
      icon: "check",
      when: (row) => row.active !== true,
      run: (row) => reactivateUser({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `Done: reactivate “${row.name}”.`,
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({ title: "Delete this user?", body: `“${row.name}” is removed from all lists.` }),
      run: (row) => deleteUser({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” was deleted.`,
      undo: (row) => restoreUser({ id: row.id }).unwrap(),
    },
  ];
}
