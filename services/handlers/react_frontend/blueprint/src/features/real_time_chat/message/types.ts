import type { Reference, Row } from "../../../shared/api/types.ts";

/** A row of messages, as the API answers it. */
export interface Message extends Row {
  room: Reference | null;
  author: Reference | null;
  body: string | null;
  position: number;
  edited_at: string | null;
  deleted_at: string | null;
}

/** What may be written to a message. */
export interface MessageInput {
  body: string;
}
