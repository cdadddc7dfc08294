import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId, useState } from "react";

import type { RowAction } from "../actions/rowActions.ts";
import type { Page, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import type { Load, Loaded, Option } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { PlainList } from "../ui/PlainList.tsx";
import { BoardCard } from "./BoardCard.tsx";

interface BoardColumnProps<R extends Row> {
  column: Option;
  Load: Load<R, { value: string; size: number }>;
  name: (row: R) => string;
  href: ((row: R) => string) | undefined;
  actions: RowAction<R>[];
  /** Whether what is dragged now may be put here. */
  takes: boolean;
  draggable: (row: R) => boolean;
  onDrag: (row: R | null) => void;
  onDrop: () => void;
  children: ((row: R) => ReactNode) | undefined;
}

const firstSize = 25;
const mostCards = 100;

export function BoardColumn<R extends Row>(props: BoardColumnProps<R>) {
  const { column, Load } = props;
  const [size, setSize] = useState(firstSize);
  return (
    <Load value={column.value} size={size}>
      {(result) => (
        <Cards {...props} result={result} full={size >= mostCards} onMore={() => setSize(mostCards)} />
      )}
    </Load>
  );
}

interface CardsProps<R extends Row> extends BoardColumnProps<R> {
  result: Loaded<Page<R>>;
  /** No more than these are asked for. */
  full: boolean;
  onMore: () => void;
}

function Cards<R extends Row>(props: CardsProps<R>) {
  const { column, result, full, onMore, name, takes, onDrop, children } = props;
  const id = useId();
  const { data, error, isLoading, isFetching, refetch } = result;
  const rest = data === undefined ? 0 : data.total - data.items.length;
  return (
    <Box
      component="section"
      aria-labelledby={id}
      aria-busy={isFetching}
      onDragOver={(event) => {
        if (takes) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      sx={{
        borderRadius: 1.25,
        border: 1,
        borderStyle: takes ? "dashed" : "solid",
        borderColor: takes ? "primary.main" : "divider",
        bgcolor: "action.hover",
        minHeight: 160,
      }}
    >
      <Stack direction="row" sx={{ gap: 1, alignItems: "baseline", px: 1.5, pt: 1.25, pb: 0.75 }}>
        <Typography id={id} variant="h3" component="h2">
          {column.label}
        </Typography>
        {data !== undefined && (
          <Typography variant="caption" sx={{ color: "text.secondary" }}>
            {formatNumber(data.total)}
          </Typography>
        )}
      </Stack>
      {isLoading && <Skeleton variant="rounded" height={72} sx={{ mx: 1, mb: 1 }} />}
      {data === undefined && !isLoading && error !== undefined && (
        <ErrorState error={error} onRetry={refetch} />
      )}
      {data?.total === 0 && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary", px: 1.5, pb: 1.5 }}>
          Nothing here.
        </Typography>
      )}
      {data !== undefined && data.items.length > 0 && (
        <PlainList aria-labelledby={id} sx={{ p: 1, pt: 0.25, display: "grid", gap: 1 }}>
          {data.items.map((row) => (
            <BoardCard
              key={row.id}
              row={row}
              name={name(row)}
              href={props.href?.(row)}
              actions={props.actions}
              draggable={props.draggable(row)}
              onDrag={props.onDrag}
            >
              {children?.(row)}
            </BoardCard>
          ))}
        </PlainList>
      )}
      {rest > 0 && !full && (
        <Button size="small" onClick={onMore} loading={isFetching} sx={{ m: 1, mt: 0 }}>
          Show more
        </Button>
      )}
      {rest > 0 && full && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary", px: 1.5, pb: 1.5 }}>
          {formatNumber(rest)} more are in the list.
        </Typography>
      )}
    </Box>
  );
}
