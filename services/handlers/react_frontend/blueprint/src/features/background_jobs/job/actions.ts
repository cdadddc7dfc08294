import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useCancelJobMutation, useRetryJobMutation } from "./api.ts";
import type { Job } from "./types.ts";

/** What can be done to a job, in lists and on its page. */
export function useJobActions(): RowAction<Job>[] {
  const [retryJob] = useRetryJobMutation();
  const [cancelJob] = useCancelJobMutation();
  return [
    {
      operation: "retry",
      label: "Retry",
      icon: "refresh",
      run: (row) => retryJob({ id: row.id }).unwrap(),
      done: (row) => `Done: retry “${row.name}”.`,
    },
    {
      operation: "cancel",
      label: "Cancel",
      icon: "lock",
      confirm: (row) => ({ title: "Cancel this job?", body: `This applies to “${row.name}”.` }),
      run: (row) => cancelJob({ id: row.id }).unwrap(),
      done: (row) => `Done: cancel “${row.name}”.`,
    },
  ];
}
