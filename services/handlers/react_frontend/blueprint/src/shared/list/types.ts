import type { ComponentType, ReactNode } from "react";

import type { Page } from "../api/types.ts";

export interface Column<R> {
  /** Member of the row; also the name under which it is sorted. */
  key: string;
  label: string;
  render: (row: R) => ReactNode;
  sortable?: boolean;
  align?: "right";
  /** Left out until a person chooses it. */
  hidden?: boolean;
}

export interface Option {
  value: string;
  label: string;
}

interface FilterOn {
  key: string;
  label: string;
  /** Rows may be without a value, and can be told apart by that. */
  nullable?: boolean;
}

/** A filter that people can set. Its value stands in the address under the name that the API knows. */
export type Filter = FilterOn &
  (
    | { kind: "text" | "exact" | "flag" | "date" | "timestamp" | "number" }
    | { kind: "select"; options: Option[] }
    | { kind: "reference"; collection: string }
  );

/** What an empty list says, and the next step it offers. */
export interface EmptyList {
  title: string;
  body?: string;
  action?: ReactNode;
}

/** What a list needs of a query hook of RTK Query. */
export interface Loaded<T> {
  data?: T | undefined;
  error?: unknown;
  isLoading: boolean;
  isFetching: boolean;
  refetch: () => PromiseLike<{ data?: T | undefined }>;
}

/** Asks for the rows that its properties name, and hands on how that stands: what is shown is up to its child. */
export type Load<R, Asked> = ComponentType<Asked & { children: (result: Loaded<Page<R>>) => ReactNode }>;
