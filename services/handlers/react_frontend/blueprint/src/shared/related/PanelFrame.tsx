import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

import type { Page, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import type { Loaded } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { mostRows } from "./types.ts";

interface PanelFrameProps<R extends Row> {
  title: string;
  result: Loaded<Page<R>>;
  size: number;
  onMore: () => void;
  /** Names what the button brings: "Show more", "Show earlier". */
  moreLabel: string;
  action?: ReactNode;
  /** Said where there is nothing. */
  empty: string;
  children: (rows: R[]) => ReactNode;
}

/** A titled block of rows within the page of another row: while they come, when there are none, when they cannot be had. */
export function PanelFrame<R extends Row>(props: PanelFrameProps<R>) {
  const { title, result, size, onMore, moreLabel, action, empty, children } = props;
  const id = useId();
  const { data, error, isLoading, refetch } = result;
  const hidden = data === undefined ? 0 : data.total - data.items.length;
  return (
    <Card component="section" aria-labelledby={id} aria-busy={result.isFetching}>
      <Stack
        direction="row"
        sx={{ alignItems: "center", gap: 1.25, px: { xs: 2, sm: 3 }, pt: 2, pb: 1.25, flexWrap: "wrap" }}
      >
        <Typography id={id} variant="h2">
          {title}
        </Typography>
        {data !== undefined && data.total > 0 && (
          <Typography variant="body2" sx={{ color: "text.secondary", flex: 1 }}>
            {formatNumber(data.total)}
          </Typography>
        )}
        {action !== undefined && <Stack sx={{ ml: "auto" }}>{action}</Stack>}
      </Stack>
      {isLoading && <Skeleton variant="rounded" height={48} sx={{ mx: { xs: 2, sm: 3 }, mb: 2 }} />}
      {data === undefined && !isLoading && error !== undefined && (
        <ErrorState error={error} onRetry={refetch} />
      )}
      {data?.items.length === 0 && (
        <Typography variant="body2" sx={{ color: "text.secondary", px: { xs: 2, sm: 3 }, pb: 2.5 }}>
          {empty}
        </Typography>
      )}
      {data !== undefined && children(data.items)}
      {hidden > 0 && (
        <Stack sx={{ px: { xs: 2, sm: 3 }, py: 1.5, alignItems: "flex-start" }}>
          {size < mostRows ? (
            <Button onClick={onMore} loading={result.isFetching}>
              {moreLabel}
            </Button>
          ) : (
            <Typography variant="caption" sx={{ color: "text.secondary" }}>
              {formatNumber(hidden)} more are not shown here.
            </Typography>
          )}
        </Stack>
      )}
    </Card>
  );
}
