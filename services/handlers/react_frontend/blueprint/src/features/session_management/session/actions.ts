import type { RowAction } from "../../../shared/actions/rowActions.ts";
import type { Session } from "../../authentication/session/types.ts";
import { useEndSessionMutation } from "./api.ts";

/** What can be done to a session, in lists and on its page. */
export function useSessionActions(): RowAction<Session>[] {
  const [endSession] = useEndSessionMutation();
  return [
    {
      operation: "end",
      label: "End",
      icon: "lock",
      confirm: (row) => ({
        title: "End this session?",
        body: `This applies to “${row.device ?? "Session"}”.`,
      }),
      run: (row) => endSession({ id: row.id }).unwrap(),
      done: (row) => `Done: end “${row.device ?? "Session"}”.`,
    },
  ];
}
