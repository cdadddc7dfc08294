import type { Row } from "../../../shared/api/types.ts";

/** A row of email messages, as the API answers it. */
export interface EmailMessage extends Row {
  recipient: string;
  template: string;
  subject: string;
  state: "queued" | "sent" | "failed";
  reason: string | null;
  attempts: number;
  sent_at: string | null;
}

export const stateLabels = {
  queued: "Queued",
  sent: "Sent",
  failed: "Failed",
};
