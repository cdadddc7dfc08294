import type { VersionedRow } from "../../../shared/api/types.ts";

/** A row of rooms, as the API answers it. */
export interface Room extends VersionedRow {
  name: string | null;
  counterpart: string | null;
  unread: number;
  latest: number;
  latest_body: string | null;
  active_at: string;
}

/** What may be written to a room. */
export interface RoomInput {
  name: string | null;
  members?: { user: string; role: "member" | "owner" }[] | null;
}
