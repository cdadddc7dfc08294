import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useUnlockFailedLoginMutation } from "./api.ts";
import type { FailedLogin } from "./types.ts";

/** What can be done to a failed login, in lists and on its page. */
export function useFailedLoginActions(): RowAction<FailedLogin>[] {
  const [unlockFailedLogin] = useUnlockFailedLoginMutation();
  return [
    {
      operation: "unlock",
      label: "Unlock",
      icon: "check",
      run: (row) => unlockFailedLogin({ id: row.id }).unwrap(),
      done: (row) => `Done: unlock “${row.email}”.`,
    },
  ];
}
