import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";

import type { CursorPage, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { compactQuery, type ListViewProps, Nothing } from "./ListView.tsx";
import { ListToolbar } from "./ListToolbar.tsx";
import { RowCards } from "./RowCards.tsx";
import { RowTable, TableSkeleton } from "./RowTable.tsx";
import type { Loaded } from "./types.ts";
import { useColumns } from "./useColumns.ts";

/** What a list that grows at its end needs of an infinite query hook of RTK Query. */
export interface LoadedCursor<R> extends Loaded<{ pages: CursorPage<R>[] }> {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface CursorListViewProps<R extends Row> extends Omit<ListViewProps<R>, "result"> {
  result: LoadedCursor<R>;
}

/** A long list in the order of time: newest first, more on demand. */
export function CursorListView<R extends Row>(props: CursorListViewProps<R>) {
  const {
    label,
    list,
    result,
    columns,
    filters = [],
    searchLabel,
    rowHref,
    rowActions,
    onOpen,
    empty,
  } = props;
  const { data, error, isLoading, refetch } = result;
  const compact = useMediaQuery(compactQuery);
  const choice = useColumns(label, columns);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total ?? 0;
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
      <Box sx={{ borderTop: compact ? 0 : 1, borderColor: "divider" }} aria-busy={result.isFetching}>
        {isLoading && <TableSkeleton columns={compact ? 1 : choice.visible.length} />}
        {error !== undefined && data === undefined && !isLoading && (
          <ErrorState error={error} onRetry={refetch} />
        )}
        {rows.length > 0 && (
          <Rows
            label={label}
            columns={choice.visible}
            rows={rows}
            sort=""
            rowHref={rowHref}
            onOpen={onOpen}
            rowActions={rowActions}
          />
        )}
        {data !== undefined && rows.length === 0 && <Nothing list={list} empty={empty} />}
      </Box>
      {rows.length > 0 && (
        <Stack sx={{ alignItems: "center", gap: 1, p: 2, borderTop: 1, borderColor: "divider" }}>
          <Typography variant="caption" role="status" sx={{ color: "text.secondary" }}>
            {formatNumber(rows.length)} of {formatNumber(total)}
          </Typography>
          {result.hasNextPage && (
            <Button
              variant="outlined"
              loading={result.isFetchingNextPage}
              onClick={() => result.fetchNextPage()}
            >
              Load more
            </Button>
          )}
        </Stack>
      )}
    </Card>
  );
}
