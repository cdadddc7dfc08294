import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import useMediaQuery from "@mui/material/useMediaQuery";

import { RowActionMenu } from "../actions/RowActionMenu.tsx";
import type { Row } from "../api/types.ts";
import { compactQuery } from "../list/ListFrame.tsx";
import { RowCards } from "../list/RowCards.tsx";
import { RowTable } from "../list/RowTable.tsx";
import type { Column } from "../list/types.ts";
import { Icon } from "../ui/icons.tsx";
import { MoveButtons } from "./MoveButtons.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { type Move, useOrder } from "./useOrder.ts";
import type { RelatedRows } from "./types.ts";
import { useRelatedActions } from "./useRelatedActions.tsx";

interface RowsPanelProps<R extends Row, D extends object, I extends object> extends RelatedRows<R, D, I> {
  columns: Column<R>[];
  rowHref?: (row: R) => string;
  /** Where people put the rows in order: the place of each, and how to change it. */
  order?: { of: (row: R) => number; move: Move<R> };
}

/** Rows that belong to the row of the page, as a table of their own. */
export function RowsPanel<R extends Row, D extends object, I extends object>(props: RowsPanelProps<R, D, I>) {
  const { title, singular, columns, name, add, entry, rowHref } = props;
  const compact = useMediaQuery(compactQuery);
  const related = useRelatedActions(props);
  const order = useOrder(props.order);
  const Rows = compact ? RowCards : RowTable;
  return (
    <PanelFrame
      {...props}
      moreLabel="Show more"
      empty={`No ${title.toLowerCase()} yet.`}
      action={
        add !== undefined &&
        entry !== undefined && (
          <Button startIcon={<Icon name="plus" />} onClick={related.add} aria-label={`Add ${singular}`}>
            Add
          </Button>
        )
      }
    >
      {(rows) => {
        const sorted = order.sorted(rows);
        return (
          <>
            {rows.length > 0 && (
              <Rows
                label={title}
                columns={columns}
                rows={sorted}
                sort=""
                {...(rowHref === undefined ? {} : { rowHref })}
                rowActions={(row) => (
                  <Stack direction="row" sx={{ justifyContent: "flex-end" }}>
                    <MoveButtons
                      name={name(row)}
                      row={row}
                      place={order.placeOf(sorted, row)}
                      busy={order.busy}
                    />
                    <RowActionMenu row={row} name={name(row)} actions={related.actions} />
                  </Stack>
                )}
              />
            )}
            {related.dialog}
          </>
        );
      }}
    </PanelFrame>
  );
}
