import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

import type { ListQuery } from "../api/types.ts";
import type { Filter } from "./types.ts";

export const pageSizes = [10, 25, 50, 100] as const;

export interface ListState {
  /** The query to send, exactly as the address says. */
  query: ListQuery;
  page: number;
  pageSize: number;
  sort: string;
  search: string;
  /** Filters that are set, by the name of their parameter. */
  filters: Record<string, string>;
  filtered: boolean;
  setPage: (page: number) => void;
  setPageSize: (size: number) => void;
  setSort: (sort: string) => void;
  setSearch: (search: string) => void;
  setFilter: (parameter: string, value: string) => void;
  clear: () => void;
}

interface ListOptions {
  sort?: string;
  filters?: Filter[];
  cursor?: boolean;
  /** What is always asked of the rows; it stands in no address and cannot be cleared. Give one that stays the same. */
  fixed?: ListQuery;
}

/** The parameter that asks for rows without a value, or for those with one. */
export function nullParameter({ key }: Filter): string {
  return `${key}[null]`;
}

/** The parameters a filter may set: one, or the two ends of a range; and whether there is a value at all. */
function allParametersOf(filter: Filter): string[] {
  return [...parametersOf(filter), ...(filter.nullable === true ? [nullParameter(filter)] : [])];
}

/** The parameters that hold the value of a filter: one, or the two ends of a range. */
export function parametersOf(filter: Filter): string[] {
  switch (filter.kind) {
    case "select":
      return [`${filter.key}[in]`];
    case "text":
      return [`${filter.key}[contains]`];
    case "date":
    case "number":
      return [`${filter.key}[gte]`, `${filter.key}[lte]`];
    case "timestamp":
      return [`${filter.key}[gte]`, `${filter.key}[lt]`];
    default:
      return [filter.key];
  }
}

/**
 * Keeps the state of a list in the address, so that it survives reload, can be shared, and the back button works.
 * Parameters that the list does not know are ignored.
 */
export function useListState(options: ListOptions): ListState {
  const { sort: initialSort = "", filters: known, cursor = false, fixed } = options;
  const [parameters, setParameters] = useSearchParams();

  const page = boundedInteger(parameters.get("page"), 1, 1, 1_000_000);
  const pageSize = boundedInteger(parameters.get("page_size"), 25, 1, 100);
  const sort = parameters.get("sort") ?? initialSort;
  const search = parameters.get("search") ?? "";

  const filters = useMemo(() => {
    const set: Record<string, string> = {};
    for (const parameter of (known ?? []).flatMap(allParametersOf)) {
      const value = parameters.get(parameter);
      if (value !== null && value !== "") set[parameter] = value;
    }
    return set;
  }, [known, parameters]);

  const query = useMemo(() => {
    const result: ListQuery = { page_size: pageSize, ...filters, ...fixed };
    if (!cursor) {
      result["page"] = page;
      if (sort !== "") result["sort"] = sort;
    }
    if (search !== "") result["search"] = search;
    return result;
  }, [cursor, filters, fixed, page, pageSize, search, sort]);

  // What was asked for last, also while the page does not show it yet: the next change keeps it.
  const latest = useRef(parameters);
  useEffect(() => {
    latest.current = parameters;
  }, [parameters]);
  const change = useCallback(
    (changes: Record<string, string | null>, replace = false) => {
      const next = new URLSearchParams(latest.current);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === "") next.delete(name);
        else next.set(name, value);
      }
      latest.current = next;
      setParameters(next, { replace });
    },
    [setParameters],
  );

  return {
    query,
    page,
    pageSize,
    sort,
    search,
    filters,
    filtered: search !== "" || Object.keys(filters).length > 0,
    setPage: (value) => change({ page: value === 1 ? null : String(value) }),
    setPageSize: (value) => change({ page_size: String(value), page: null }),
    setSort: (value) => change({ sort: value === initialSort ? null : value, page: null }),
    setSearch: useCallback((value: string) => change({ search: value, page: null }, true), [change]),
    setFilter: (parameter, value) => change({ [parameter]: value, page: null }),
    clear: () =>
      change(Object.fromEntries(["search", "page", ...Object.keys(filters)].map((name) => [name, null]))),
  };
}

function boundedInteger(text: string | null, fallback: number, least: number, most: number): number {
  const value = Number(text);
  if (text === null || !Number.isInteger(value) || value < least) return fallback;
  return Math.min(value, most);
}
