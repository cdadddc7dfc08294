import type { RowAction } from "../actions/rowActions.ts";
import type { Page, Row } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";
import type { Entry } from "./entry.ts";

/** The row whose page a panel stands in. */
export interface Target {
  type: string;
  id: string;
}

/** Rows that belong to the row of a page, and what may be done to them there. */
export interface RelatedRows<R extends Row, D extends object, I extends object> {
  title: string;
  /** What one of them is called: "order line". */
  singular: string;
  result: Loaded<Page<R>>;
  /** How many are asked for; more on demand. */
  size: number;
  onMore: () => void;
  name: (row: R) => string;
  entry?: Entry<R, D, I>;
  /** Absent for those who may add none. */
  add?: ((input: I) => Promise<unknown>) | undefined;
  change?: (row: R, changes: Partial<I>) => Promise<unknown>;
  remove?: (row: R) => Promise<unknown>;
  actions?: RowAction<R>[];
}

export const firstSize = 25;
export const mostRows = 100;
