import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import LinearProgress from "@mui/material/LinearProgress";
import useMediaQuery from "@mui/material/useMediaQuery";
import type { ComponentType, ReactNode } from "react";

import type { Row } from "../api/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ListToolbar } from "./ListToolbar.tsx";
import { Nothing } from "./Nothing.tsx";
import { RowCards } from "./RowCards.tsx";
import { type RowsProps, RowTable, TableSkeleton } from "./RowTable.tsx";
import type { Column, EmptyList, Filter, Loaded } from "./types.ts";
import { useColumns } from "./useColumns.ts";
import type { ListState } from "./useListState.ts";

export interface ListProps<R extends Row> {
  /** Plural, as people read it: "Samples". */
  label: string;
  list: ListState;
  columns: Column<R>[];
  filters?: Filter[];
  /** Names what is searched; without it there is no search field. */
  searchLabel?: string;
  rowHref?: (row: R) => string;
  /** Opens one row beside the list, where rows have no page. */
  onOpen?: (row: R) => void;
  rowActions?: (row: R) => ReactNode;
  empty: EmptyList;
  /** Shows the rows otherwise than as a table. */
  Rows?: ComponentType<RowsProps<R>>;
}

interface ListFrameProps<R extends Row> extends ListProps<R> {
  /** The request as it stands, whatever the shape of its pages. */
  result: Loaded<unknown>;
  /** The rows to show; undefined until it is known which. */
  rows: R[] | undefined;
  /** Sorts by a column; absent where the order is fixed. */
  onSort?: (sort: string) => void;
  /** What leads to further rows; stands below them. */
  footer: ReactNode;
}

export const compactQuery = "(max-width:899.95px)";

/** What all lists share: search, filters and columns of choice above the rows, which are a table where there is room. */
export function ListFrame<R extends Row>(props: ListFrameProps<R>) {
  const { label, list, result, columns, filters = [], rows, footer } = props;
  const compact = useMediaQuery(compactQuery);
  const choice = useColumns(label, columns);
  return (
    <Card component="section" aria-label={label}>
      <ListToolbar
        list={list}
        filters={filters}
        searchLabel={props.searchLabel}
        columns={columns}
        choice={choice}
        compact={compact || props.Rows !== undefined}
      />
      <Box sx={{ height: 3, mb: "-3px", position: "relative", zIndex: 2 }}>
        {result.isFetching && !result.isLoading && <LinearProgress aria-label="Loading" sx={{ height: 3 }} />}
      </Box>
      <Box sx={{ borderTop: compact ? 0 : 1, borderColor: "divider" }} aria-busy={result.isFetching}>
        <ListBody {...props} columns={choice.visible} compact={compact} />
      </Box>
      {rows !== undefined && rows.length > 0 && footer}
    </Card>
  );
}

/** The rows, or what stands in for them: placeholders, the error, the invitation to a first step. */
function ListBody<R extends Row>(props: ListFrameProps<R> & { compact: boolean }) {
  const { label, list, result, columns, rows, compact, onSort } = props;
  if (rows === undefined) {
    return result.error === undefined || result.isLoading ? (
      <TableSkeleton columns={compact ? 1 : columns.length} />
    ) : (
      <ErrorState error={result.error} onRetry={result.refetch} />
    );
  }
  if (rows.length === 0) return <Nothing list={list} empty={props.empty} />;
  const Rows = props.Rows ?? (compact ? RowCards : RowTable);
  return (
    <Rows
      label={label}
      columns={columns}
      rows={rows}
      sort={onSort === undefined ? "" : list.sort}
      onSort={onSort}
      rowHref={props.rowHref}
      onOpen={props.onOpen}
      rowActions={props.rowActions}
    />
  );
}
