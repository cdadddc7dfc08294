import { useState } from "react";

import type { Row } from "../api/types.ts";
import { toasts } from "../ui/toasts.ts";

/** Puts a row before or after another one. */
export type Move<R> = (row: R, to: { before: string } | { after: string }) => Promise<unknown>;

/** Where a row can go from where it is. */
export interface Place {
  up?: () => void;
  down?: () => void;
}

interface Order<R> {
  busy: boolean;
  sorted: (rows: R[]) => R[];
  /** Undefined where rows have no order of their own. */
  placeOf: (rows: R[], row: R) => Place | undefined;
}

/** Rows in the order that people give them. */
export function useOrder<R extends Row>(
  order: { of: (row: R) => number; move: Move<R> } | undefined,
): Order<R> {
  const [busy, setBusy] = useState(false);
  const move = async (row: R, to: Parameters<Move<R>>[1]) => {
    setBusy(true);
    try {
      await order?.move(row, to);
    } catch (failure) {
      toasts.failed(failure);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    sorted: (rows) =>
      order === undefined ? rows : rows.toSorted((one, other) => order.of(one) - order.of(other)),
    placeOf: (rows, row) => {
      if (order === undefined) return undefined;
      const at = rows.indexOf(row);
      const [above, below] = [rows[at - 1], rows[at + 1]];
      return {
        ...(above === undefined ? {} : { up: () => void move(row, { before: above.id }) }),
        ...(below === undefined ? {} : { down: () => void move(row, { after: below.id }) }),
      };
    },
  };
}
