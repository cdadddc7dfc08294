import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import LinearProgress from "@mui/material/LinearProgress";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type ReactNode, useEffect } from "react";

import type { Page as PageOfRows, Row } from "../api/types.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ListToolbar } from "./ListToolbar.tsx";
import { Pager } from "./Pager.tsx";
import { RowCards } from "./RowCards.tsx";
import { RowTable, TableSkeleton } from "./RowTable.tsx";
import type { Column, Filter, Loaded } from "./types.ts";
import { useColumns } from "./useColumns.ts";
import type { ListState } from "./useListState.ts";

export interface ListViewProps<R extends Row> {
  /** Plural, as people read it: "Samples". */
  label: string;
  list: ListState;
  result: Loaded<PageOfRows<R>>;
  columns: Column<R>[];
  filters?: Filter[];
  /** Names what is searched; without it there is no search field. */
  searchLabel?: string;
  rowHref?: (row: R) => string;
  /** Opens one row beside the list, where rows have no page. */
  onOpen?: (row: R) => void;
  rowActions?: (row: R) => ReactNode;
  /** What an empty list says, and the next step it offers. */
  empty: { title: string; body?: string; action?: ReactNode };
}

export const compactQuery = "(max-width:899.95px)";

/** A list with paging, sorting, search, filters and columns of choice: a table where there is room, cards where there is not. */
export function ListView<R extends Row>(props: ListViewProps<R>) {
  const {
    label,
    list,
    result,
    columns,
    filters = [],
    searchLabel,
    rowHref,
    onOpen,
    rowActions,
    empty,
  } = props;
  const { data, error, isLoading, isFetching, refetch } = result;
  const compact = useMediaQuery(compactQuery);
  const choice = useColumns(label, columns);
  useLastPage(list, data);

  const Rows = compact ? RowCards : RowTable;
  return (
    <Card component="section" aria-label={label}>
      <ListToolbar
        list={list}
        filters={filters}
        searchLabel={searchLabel}
        columns={columns}
        choice={choice}
        compact={compact}
      />
      <Box sx={{ height: 3, mb: "-3px", position: "relative", zIndex: 2 }}>
        {isFetching && !isLoading && <LinearProgress aria-label="Loading" sx={{ height: 3 }} />}
      </Box>
      <Box sx={{ borderTop: compact ? 0 : 1, borderColor: "divider" }} aria-busy={isFetching}>
        {isLoading && <TableSkeleton columns={compact ? 1 : choice.visible.length} />}
        {error !== undefined && data === undefined && !isLoading && (
          <ErrorState error={error} onRetry={refetch} />
        )}
        {data !== undefined && data.items.length > 0 && (
          <Rows
            label={label}
            columns={choice.visible}
            rows={data.items}
            sort={list.sort}
            onSort={list.setSort}
            rowHref={rowHref}
            onOpen={onOpen}
            rowActions={rowActions}
          />
        )}
        {data?.total === 0 && <Nothing list={list} empty={empty} />}
      </Box>
      {data !== undefined && data.total > 0 && <Pager list={list} total={data.total} />}
    </Card>
  );
}

export function Nothing({ list, empty }: { list: ListState; empty: ListViewProps<Row>["empty"] }) {
  if (!list.filtered) return <EmptyState {...empty} />;
  return (
    <EmptyState
      icon="search"
      title="Nothing fits"
      body="No entry matches this search and these filters."
      action={
        <Button variant="outlined" onClick={list.clear}>
          Clear search and filters
        </Button>
      }
    />
  );
}

/** After rows were removed the page may no longer exist; the last one is shown instead. */
function useLastPage<R>(list: ListState, data: PageOfRows<R> | undefined) {
  const last = data === undefined ? list.page : Math.max(1, Math.ceil(data.total / list.pageSize));
  const { page, setPage } = list;
  useEffect(() => {
    if (page > last) setPage(last);
    // oxlint-disable-next-line react/exhaustive-deps -- setPage is made anew on each render
  }, [page, last]);
}
