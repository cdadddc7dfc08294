import type { RowAction } from "../../../shared/actions/rowActions.ts";
import { useRetryEmailMessageMutation } from "./api.ts";
import type { EmailMessage } from "./types.ts";

/** What can be done to a email message, in lists and on its page. */
export function useEmailMessageActions(): RowAction<EmailMessage>[] {
  const [retryEmailMessage] = useRetryEmailMessageMutation();
  return [
    {
      operation: "retry",
      label: "Retry",
      icon: "refresh",
      run: (row) => retryEmailMessage({ id: row.id }).unwrap(),
      done: (row) => `Done: retry “${row.subject}”.`,
    },
  ];
}
