import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { Link } from "react-router";

import type { CursorPage, Row } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { PlainList } from "../ui/PlainList.tsx";
import { InboxItem, type InboxEntry } from "./InboxItem.tsx";

interface InboxListProps<R extends Row> {
  title: string;
  result: Loaded<{ pages: CursorPage<R>[] }>;
  entry: (row: R) => InboxEntry;
  onRead: (row: R) => void;
  onReadAll: () => void;
  /** Where all of them are. */
  listPath: string;
  /** Something was chosen that leads elsewhere. */
  onLeave: () => void;
}

/** The newest of an inbox; what is unread stands out, and is read once it is chosen. */
export function InboxList<R extends Row>(props: InboxListProps<R>) {
  const { title, result, entry, onRead, onReadAll, listPath, onLeave } = props;
  const rows = result.data?.pages.flatMap((page) => page.items);
  const unread = rows?.some((row) => entry(row).unread) ?? false;
  return (
    <>
      <Stack
        direction="row"
        sx={{ px: 2, py: 1, alignItems: "center", gap: 1, borderBottom: 1, borderColor: "divider" }}
      >
        <Typography variant="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        <Button size="small" disabled={!unread} onClick={onReadAll}>
          Mark all read
        </Button>
      </Stack>
      <Box sx={{ overflow: "auto", flex: 1 }} aria-busy={result.isFetching}>
        {rows === undefined && (result.isLoading || result.error === undefined) && <Placeholder />}
        {rows === undefined && !result.isLoading && result.error !== undefined && (
          <ErrorState error={result.error} onRetry={result.refetch} />
        )}
        {rows?.length === 0 && (
          <EmptyState icon="bell" title="Nothing new" body="What concerns you appears here." />
        )}
        {rows !== undefined && rows.length > 0 && (
          <PlainList aria-label={title}>
            {rows.map((row) => (
              <InboxItem key={row.id} entry={entry(row)} onRead={() => onRead(row)} onLeave={onLeave} />
            ))}
          </PlainList>
        )}
      </Box>
      <Box sx={{ p: 1, borderTop: 1, borderColor: "divider", textAlign: "center" }}>
        <Button component={Link} to={listPath} onClick={onLeave} size="small">
          See all
        </Button>
      </Box>
    </>
  );
}

function Placeholder() {
  return (
    <Stack sx={{ p: 2, gap: 1.5 }}>
      {[90, 70, 80].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={24} />
      ))}
    </Stack>
  );
}
