import type { StoredRow } from "./server.ts";

/** A resource as the API answers it, with what every row carries. */
export function storedRow(
  id: string,
  members: Record<string, unknown>,
  can = ["update", "delete"],
): StoredRow {
  const at = "2026-01-31T12:00:00.000Z";
  return { id, row_version: 1, created_at: at, updated_at: at, can, ...members };
}
