import type { Reference, Row } from "../api/types.ts";

/** Rows by the one they answer; under "" those that answer none, or one that is not among them. */
export function byParent<R extends Row>(rows: R[], parent?: (row: R) => Reference | null): Map<string, R[]> {
  const known = new Set(rows.map(({ id }) => id));
  return Map.groupBy(rows, (row) => {
    const id = parent?.(row)?.id;
    return id !== undefined && known.has(id) ? id : "";
  });
}
