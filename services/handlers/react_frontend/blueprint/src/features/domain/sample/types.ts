import type { Reference, VersionedRow } from "../../../shared/api/types.ts";

/** A row of samples, as the API answers it. */
export interface Sample extends VersionedRow {
  created_by: Reference | null;
  title: string;
  note: string | null;
  parent: Reference | null;
}

/** What may be written to a sample. */
export interface SampleInput {
  title: string;
  note: string | null;
  parent: string | null;
}
