import { useState } from "react";

import type { Column } from "./types.ts";

export interface ColumnChoice<R> {
  visible: Column<R>[];
  isVisible: (key: string) => boolean;
  toggle: (key: string) => void;
}

/** Which columns a person wants to see, remembered in this browser. The first column always stays. */
export function useColumns<R>(storageKey: string, columns: Column<R>[]): ColumnChoice<R> {
  const name = `columns:${storageKey}`;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () =>
      read(name) ?? new Set(columns.filter((column) => column.hidden === true).map((column) => column.key)),
  );

  const toggle = (key: string) => {
    const changed = new Set(hidden);
    if (!changed.delete(key)) changed.add(key);
    setHidden(changed);
    try {
      localStorage.setItem(name, JSON.stringify([...changed]));
    } catch {
      // Without storage the choice lasts until the page is left.
    }
  };

  return {
    visible: columns.filter((column, index) => index === 0 || !hidden.has(column.key)),
    isVisible: (key) => !hidden.has(key),
    toggle,
  };
}

function read(name: string): ReadonlySet<string> | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? "null");
    return Array.isArray(value) ? new Set(value.filter((item) => typeof item === "string")) : null;
  } catch {
    return null;
  }
}
