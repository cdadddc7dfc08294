import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";

import type { Page as PageOfRows, Row } from "../api/types.ts";
import { compactQuery } from "../list/ListFrame.tsx";
import { Nothing } from "../list/Nothing.tsx";
import { Pager } from "../list/Pager.tsx";
import { TableSkeleton } from "../list/RowTable.tsx";
import { SearchField } from "../list/SearchField.tsx";
import type { EmptyList, Loaded } from "../list/types.ts";
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
  empty: EmptyList;
}

/** Who has what, as a matrix of check boxes. Changes are gathered and saved together. */
export function GridView<Line extends Row, Head extends Row>(props: GridViewProps<Line, Head>) {
  const { label, list, changes, searchLabel } = props;
  const guard = useLeaveGuard(changes.count > 0);
  return (
    <Card component="section" aria-label={label}>
      {searchLabel !== undefined && (
        <Box sx={{ p: { xs: 1.5, sm: 2 } }}>
          <SearchField label={searchLabel} value={list.search} onChange={list.setSearch} />
        </Box>
      )}
      <GridBody {...props} />
      {changes.count > 0 && <SaveBar changes={changes} />}
      {guard}
    </Card>
  );
}

/** The matrix, or what stands in for it: placeholders, the error, that there is nothing to cross. */
function GridBody<Line extends Row, Head extends Row>(props: GridViewProps<Line, Head>) {
  const { list, lines, heads, empty } = props;
  const compact = useMediaQuery(compactQuery);
  if (lines.data === undefined || heads.data === undefined) {
    const error = lines.error ?? heads.error;
    if (error === undefined) return <TableSkeleton columns={compact ? 1 : 5} />;
    const retry = () => {
      lines.refetch();
      heads.refetch();
    };
    return <ErrorState error={error} onRetry={retry} />;
  }
  if (heads.data.items.length === 0) return <EmptyState icon="grid" {...empty} />;
  if (lines.data.items.length === 0) return <Nothing list={list} empty={empty} />;
  return <Matrix {...props} lines={lines.data} heads={heads.data} compact={compact} />;
}

interface LoadedMatrix<Line extends Row, Head extends Row> extends Omit<
  GridViewProps<Line, Head>,
  "lines" | "heads"
> {
  lines: PageOfRows<Line>;
  heads: PageOfRows<Head>;
  compact: boolean;
}

function Matrix<Line extends Row, Head extends Row>(props: LoadedMatrix<Line, Head>) {
  const { lines, heads, changes } = props;
  const cells = (line: Line, head: Head) => {
    const { linked, editable } = props.cell(line, head);
    return { checked: changes.isLinked(line.id, head.id, linked), linked, editable };
  };
  const Shape = props.compact ? MatrixList : MatrixTable;
  return (
    <>
      {heads.total > heads.items.length && (
        <Alert severity="info" sx={{ m: 2 }}>
          Only the first {heads.items.length} of {heads.total} are shown across.
        </Alert>
      )}
      <Shape
        label={props.label}
        lines={lines.items.map((row) => ({ row, item: props.line(row) }))}
        heads={heads.items.map((row) => ({ row, item: props.head(row) }))}
        cell={cells}
        onToggle={(line, head, linked) => changes.toggle(line.id, head.id, linked)}
      />
      <Pager list={props.list} total={lines.total} />
    </>
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
