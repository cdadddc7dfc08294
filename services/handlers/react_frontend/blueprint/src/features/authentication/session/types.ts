import type { Reference, Row } from "../../../shared/api/types.ts";

/** A row of sessions, as the API answers it. */
export interface Session extends Row {
  user: Reference | null;
  device: string | null;
  address: string | null;
  last_used_at: string;
  expires_at: string;
  ended_at: string | null;
  current: boolean;
  open: boolean;
}
