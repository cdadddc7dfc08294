import type { Row } from "../../../shared/api/types.ts";

/** A row of failed logins, as the API answers it. */
export interface FailedLogin extends Row {
  email: string;
  address: string | null;
  blocks_until: string;
  cleared_at: string | null;
}
