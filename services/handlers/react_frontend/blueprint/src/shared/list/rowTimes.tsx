import type { Row } from "../api/types.ts";
import { DateTime } from "../ui/values.tsx";
import type { Column, Filter } from "./types.ts";

/** When a row was made. */
export const createdAt: Column<Row> = {
  key: "created_at",
  label: "Created",
  sortable: true,
  render: (row) => <DateTime value={row.created_at} />,
};

/** When a row was last changed. */
export const updatedAt: Column<Row> = {
  key: "updated_at",
  label: "Last changed",
  sortable: true,
  render: (row) => <DateTime value={row.updated_at} />,
};

/** The same in a log, which nobody sorts: to the second. */
export const createdExactly: Column<Row> = {
  key: "created_at",
  label: "Created",
  render: (row) => <DateTime value={row.created_at} exact />,
};

export const updatedExactly: Column<Row> = {
  key: "updated_at",
  label: "Last changed",
  render: (row) => <DateTime value={row.updated_at} exact />,
};

/** The days between which a row was made. */
export const createdBetween: Filter = { kind: "timestamp", key: "created_at", label: "Created" };
