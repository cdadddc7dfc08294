import type { Pointer, Reference, VersionedRow } from "../../../shared/api/types.ts";

/** A row of stored files, as the API answers it. */
export interface StoredFile extends VersionedRow {
  uploaded_by: Reference | null;
  name: string;
  content_type: string;
  size: number;
  checksum: string | null;
  received: number;
  state: "receiving" | "ready";
  pinned: boolean;
  target: Pointer | null;
}

/** What may be written to a stored file. */
export interface StoredFileInput {
  name: string;
  pinned: boolean;
  target: { type: string; id: string } | null;
}

export const stateLabels = {
  receiving: "Receiving",
  ready: "Ready",
};
