import type { Reference, Row } from "../../../shared/api/types.ts";

/** A row of notification preferences, as the API answers it. */
export interface NotificationPreference extends Row {
  user: Reference | null;
  kind: string;
  in_app: boolean;
  email: boolean;
}
