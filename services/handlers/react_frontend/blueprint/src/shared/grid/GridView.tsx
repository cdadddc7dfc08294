import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import type { ReactNode } from "react";

import type { Page as PageOfRows, Row } from "../api/types.ts";
import { compactQuery, Nothing } from "../list/ListView.tsx";
import { Pager } from "../list/Pager.tsx";
import { TableSkeleton } from "../list/RowTable.tsx";
import { SearchField } from "../list/SearchField.tsx";
import type { Loaded } from "../list/types.ts";
import type { ListState } from "../list/useListState.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { useLeaveGuard } from "../form/useLeaveGuard.tsx";
import { MatrixList } from "./MatrixList.tsx";
import { MatrixTable } from "./MatrixTable.tsx";
import type { GridChanges } from "./useGridChanges.ts";

/** One line or column of the matrix. */
export interface GridItem {
  id: string;
  label: string;
  hint?: string | undefined;
}

interface GridViewProps<Line extends Row, Head extends Row> {
  label: string;
  list: ListState;
  /** Down the side, page by page. */
  lines: Loaded<PageOfRows<Line>>;
  /** Across the top, all of them (100 at most). */
  heads: Loaded<PageOfRows<Head>>;
  line: (row: Line) => GridItem;
  head: (row: Head) => GridItem;
  /** What stands at the crossing: whether it is linked, and whether the caller may change it. */
  cell: (line: Line, head: Head) => { linked: boolean; editable: boolean };
  changes: GridChanges;
  searchLabel?: string;
  /** Said when there is nothing to cross. */
  empty: { title: string; body?: string; action?: ReactNode };
}

/** Who has what, as a matrix of check boxes. Changes are gathered and saved together. */
export function GridView<Line extends Row, Head extends Row>(props: GridViewProps<Line, Head>) {
  const { label, list, lines, heads, changes, searchLabel, empty } = props;
  const compact = useMediaQuery(compactQuery);
  const guard = useLeaveGuard(changes.count > 0);
  const error = lines.error ?? heads.error;
  const retry = () => {
    lines.refetch();
    heads.refetch();
  };

  const cells = (line: Line, head: Head) => {
    const { linked, editable } = props.cell(line, head);
    return { checked: changes.isLinked(line.id, head.id, linked), linked, editable };
  };
  const shown =
    lines.data !== undefined && heads.data !== undefined ? { lines: lines.data, heads: heads.data } : null;
  const Matrix = compact ? MatrixList : MatrixTable;

  return (
    <Card component="section" aria-label={label}>
      {searchLabel !== undefined && (
        <Box sx={{ p: { xs: 1.5, sm: 2 } }}>
          <SearchField label={searchLabel} value={list.search} onChange={list.setSearch} />
        </Box>
      )}
      {shown === null && error === undefined && <TableSkeleton columns={compact ? 1 : 5} />}
      {shown === null && error !== undefined && <ErrorState error={error} onRetry={retry} />}
      {shown !== null && shown.heads.items.length === 0 && <EmptyState icon="grid" {...empty} />}
      {shown !== null && shown.heads.items.length > 0 && shown.lines.items.length === 0 && (
        <Nothing list={list} empty={empty} />
      )}
      {shown !== null && shown.heads.items.length > 0 && shown.lines.items.length > 0 && (
        <>
          {shown.heads.total > shown.heads.items.length && (
            <Alert severity="info" sx={{ m: 2 }}>
              Only the first {shown.heads.items.length} of {shown.heads.total} are shown across.
            </Alert>
          )}
          <Matrix
            label={label}
            lines={shown.lines.items.map((row) => ({ row, item: props.line(row) }))}
            heads={shown.heads.items.map((row) => ({ row, item: props.head(row) }))}
            cell={cells}
            onToggle={(line, head, linked) => changes.toggle(line.id, head.id, linked)}
          />
          <Pager list={list} total={shown.lines.total} />
        </>
      )}
      {changes.count > 0 && <SaveBar changes={changes} />}
      {guard}
    </Card>
  );
}

function SaveBar({ changes }: { changes: GridChanges }) {
  return (
    <Stack
      direction="row"
      sx={{
        position: "sticky",
        bottom: 0,
        zIndex: 3,
        gap: 1,
        px: 2,
        py: 1.25,
        alignItems: "center",
        bgcolor: "background.paper",
        borderTop: 1,
        borderColor: "divider",
      }}
    >
      <Typography variant="body2" role="status" sx={{ mr: "auto" }}>
        {changes.count === 1 ? "1 change" : `${changes.count} changes`}
      </Typography>
      <Button color="inherit" disabled={changes.saving} onClick={changes.discard}>
        Discard
      </Button>
      <Button variant="contained" loading={changes.saving} onClick={() => void changes.save()}>
        Save
      </Button>
    </Stack>
  );
}
