import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import type { CursorPage, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import { ListFrame, type ListProps } from "./ListFrame.tsx";
import type { Loaded } from "./types.ts";

/** What a list that grows at its end needs of an infinite query hook of RTK Query. */
export interface LoadedCursor<R> extends Loaded<{ pages: CursorPage<R>[] }> {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface CursorListViewProps<R extends Row> extends ListProps<R> {
  result: LoadedCursor<R>;
}

/** A long list in the order of time: newest first, more on demand. */
export function CursorListView<R extends Row>(props: CursorListViewProps<R>) {
  const { data } = props.result;
  const rows = data?.pages.flatMap((page) => page.items);
  const total = data?.pages[0]?.total ?? 0;
  return (
    <ListFrame
      {...props}
      rows={rows}
      footer={<More result={props.result} shown={rows?.length ?? 0} total={total} />}
    />
  );
}

function More<R>({ result, shown, total }: { result: LoadedCursor<R>; shown: number; total: number }) {
  return (
    <Stack sx={{ alignItems: "center", gap: 1, p: 2, borderTop: 1, borderColor: "divider" }}>
      <Typography variant="caption" role="status" sx={{ color: "text.secondary" }}>
        {formatNumber(shown)} of {formatNumber(total)}
      </Typography>
      {result.hasNextPage && (
        <Button variant="outlined" loading={result.isFetchingNextPage} onClick={() => result.fetchNextPage()}>
          Load more
        </Button>
      )}
    </Stack>
  );
}
