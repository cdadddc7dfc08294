import type { ReactNode } from "react";

import type { RowAction } from "../actions/rowActions.ts";
import type { Reference, Row } from "../api/types.ts";
import type { Load } from "../list/types.ts";
import type { Move } from "../related/useOrder.ts";

export interface TreeProps<R extends Row> {
  /** What the tree is of: "Employees". */
  label: string;
  /** The rows right below a row, or those at the top. */
  Below: Load<R, { parent: string | null }>;
  /** Rows below any of these, to tell which of them have any. */
  BelowAny: Load<R, { parents: string[] }>;
  parent: (row: R) => Reference | null;
  name: (row: R) => string;
  href?: (row: R) => string;
  /** What stands beside a name. */
  hint?: (row: R) => ReactNode;
  actions: RowAction<R>[];
  /** Where people put the rows below one in order. */
  order?: { of: (row: R) => number; move: Move<R> };
  empty: { title: string; action?: ReactNode };
}
