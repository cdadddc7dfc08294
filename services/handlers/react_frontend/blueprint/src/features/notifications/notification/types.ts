import type { Pointer, Reference, VersionedRow } from "../../../shared/api/types.ts";

/** A row of notifications, as the API answers it. */
export interface NotificationModel extends VersionedRow {
  user: Reference | null;
  kind: string;
  title: string;
  link: Pointer | null;
  read_at: string | null;
}
