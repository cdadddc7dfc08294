import IconButton from "@mui/material/IconButton";
import MuiLink from "@mui/material/Link";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";

import { RowActionMenu } from "../actions/RowActionMenu.tsx";
import type { Page, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import type { Loaded } from "../list/types.ts";
import { MoveButtons } from "../related/MoveButtons.tsx";
import { type Place, useOrder } from "../related/useOrder.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Icon } from "../ui/icons.tsx";
import { Lines } from "./Lines.tsx";
import type { TreeProps } from "./types.ts";

interface LevelProps<R extends Row> extends TreeProps<R> {
  /** The row that these are below; null at the top. */
  above: R | null;
  depth: number;
  nothing: ReactNode;
}

export function TreeLevel<R extends Row>(props: LevelProps<R>) {
  const { Below, above } = props;
  return <Below parent={above?.id ?? null}>{(result) => <LevelRows {...props} result={result} />}</Below>;
}

function LevelRows<R extends Row>(props: LevelProps<R> & { result: Loaded<Page<R>> }) {
  const { label, BelowAny, above, depth, name, parent } = props;
  const { data, error, isLoading, refetch } = props.result;
  const order = useOrder(props.order);
  if (isLoading) return <Skeleton variant="rounded" height={36} sx={{ mx: 2, my: 1 }} />;
  if (data === undefined) return <ErrorState error={error} onRetry={refetch} />;
  const rows = order.sorted(data.items);
  if (rows.length === 0) return props.nothing;
  return (
    <BelowAny parents={rows.map(({ id }) => id)}>
      {(further) => (
        <Lines label={above === null ? label : `Below ${name(above)}`} depth={depth}>
          {rows.map((row) => (
            <Branch
              {...props}
              key={row.id}
              row={row}
              parted={mayHave(row, further.data, parent)}
              // A small tree stands open at its top.
              openAtFirst={depth === 0 && data.total <= 5}
              place={order.placeOf(rows, row)}
              busy={order.busy}
            />
          ))}
          {data.total > rows.length && (
            <Typography component="li" variant="caption" sx={{ color: "text.secondary", px: 2, py: 1 }}>
              {formatNumber(data.total - rows.length)} more are in the list.
            </Typography>
          )}
        </Lines>
      )}
    </BelowAny>
  );
}

/** Whether there is anything below a row; "perhaps" is yes, where not all of it is known. */
function mayHave<R extends Row>(row: R, known: Page<R> | undefined, parent: TreeProps<R>["parent"]): boolean {
  if (known === undefined || known.total > known.items.length) return true;
  return known.items.some((other) => parent(other)?.id === row.id);
}

interface BranchProps<R extends Row> extends LevelProps<R> {
  row: R;
  parted: boolean;
  openAtFirst: boolean;
  place: Place | undefined;
  busy: boolean;
}

function Branch<R extends Row>(props: BranchProps<R>) {
  const { row, parted, openAtFirst, place, busy, name, href, hint, actions, depth } = props;
  const [open, setOpen] = useState(openAtFirst);
  const title = name(row);
  return (
    <li>
      <Stack
        direction="row"
        sx={{
          alignItems: "center",
          gap: 0.75,
          pl: 1,
          pr: 1.5,
          minHeight: 44,
          "&:hover": { bgcolor: "action.hover" },
        }}
      >
        <IconButton
          size="small"
          aria-label={open ? `Close ${title}` : `Open ${title}`}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          sx={{ visibility: parted ? "visible" : "hidden" }}
        >
          <Icon name="chevron" fontSize="small" sx={{ transform: open ? "rotate(90deg)" : "none" }} />
        </IconButton>
        <Stack
          direction={{ xs: "column", sm: "row" }}
          sx={{ flex: 1, minWidth: 0, columnGap: 1.5, alignItems: { sm: "baseline" }, py: 0.5 }}
        >
          <Typography variant="body2" component="div" sx={{ fontWeight: 560, overflowWrap: "anywhere" }}>
            {href === undefined ? (
              title
            ) : (
              <MuiLink component={Link} to={href(row)} color="inherit" underline="hover">
                {title}
              </MuiLink>
            )}
          </Typography>
          {hint !== undefined && (
            <Typography variant="caption" component="div" sx={{ color: "text.secondary", minWidth: 0 }}>
              {hint(row)}
            </Typography>
          )}
        </Stack>
        <MoveButtons name={title} row={row} place={place} busy={busy} />
        <RowActionMenu row={row} name={title} actions={actions} />
      </Stack>
      {open && parted && <TreeLevel {...props} above={row} depth={depth + 1} nothing={null} />}
    </li>
  );
}
