import type { Reference, Row } from "../../../shared/api/types.ts";

/** A row of audit entries, as the API answers it. */
export interface AuditEntry extends Row {
  actor: Reference | null;
  action: string;
  target_model: string;
  target_id: string;
  target_title: string | null;
  before: unknown;
  after: unknown;
  address: string | null;
  correlation: string;
}
