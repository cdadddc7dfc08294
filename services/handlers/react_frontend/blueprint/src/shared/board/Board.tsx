import Box from "@mui/material/Box";
import { type ReactNode, useState } from "react";

import { available, type RowAction } from "../actions/rowActions.ts";
import { useCommand } from "../actions/useCommand.tsx";
import type { Row } from "../api/types.ts";
import type { Load, Option } from "../list/types.ts";
import { BoardColumn } from "./BoardColumn.tsx";

export interface BoardProps<R extends Row> {
  /** What the board is of: "Tickets". */
  label: string;
  columns: Option[];
  /** The rows of one column, at most `size` of them. */
  Load: Load<R, { value: string; size: number }>;
  /** In which column a row stands. */
  value: (row: R) => string;
  name: (row: R) => string;
  href?: (row: R) => string;
  /** What a card tells besides its name. */
  children?: (row: R) => ReactNode;
  actions: RowAction<R>[];
  /** Names of the actions that lead to each column, where rows change their column by actions. */
  moves?: Record<string, string[]>;
  /** Puts a row into a column, where that is a change like any other. */
  moveTo?: (row: R, value: string) => Promise<unknown>;
}

/** Rows as cards in columns. A card is dragged to another column, or sent there by its menu. */
export function Board<R extends Row>(props: BoardProps<R>) {
  const { label, columns, Load, value, name, href, children, moves = {}, moveTo } = props;
  const [dragged, setDragged] = useState<R | null>(null);
  const command = useCommand<R>();
  const actions =
    moveTo === undefined ? props.actions : [...props.actions, ...columns.map((column) => moving(column))];

  function moving(column: Option): RowAction<R> {
    return {
      operation: "update",
      label: `Move to ${column.label}`,
      icon: "board",
      when: (row) => value(row) !== column.value,
      run: (row) => moveTo?.(row, column.value) ?? Promise.resolve(),
      done: (row) => `“${name(row)}” is now in ${column.label}.`,
    };
  }

  /** What would take a row to a column, if the caller may do that now. */
  const leading = (row: R, column: Option) =>
    available(actions, row).find((action) =>
      moveTo === undefined
        ? (moves[column.value] ?? []).includes(action.operation)
        : action.label === `Move to ${column.label}`,
    );

  const drop = (column: Option) => {
    const action = dragged === null ? undefined : leading(dragged, column);
    if (dragged !== null && action !== undefined && !("to" in action)) command.start(action, dragged);
    setDragged(null);
  };

  return (
    <Box
      role="region"
      aria-label={label}
      // A scrolling region must be reachable by keyboard.
      tabIndex={0}
      sx={{
        // What is hidden from sight within must not widen the page.
        position: "relative",
        display: "grid",
        gridAutoFlow: "column",
        gridAutoColumns: { xs: "min(84%, 300px)", md: "minmax(250px, 1fr)" },
        gap: 1.5,
        alignItems: "start",
        overflowX: "auto",
        pb: 1.5,
        scrollSnapType: { xs: "x mandatory", md: "none" },
        "& > *": { scrollSnapAlign: "start" },
      }}
    >
      {columns.map((column) => (
        <BoardColumn
          key={column.value}
          column={column}
          Load={Load}
          name={name}
          href={href}
          actions={actions}
          takes={
            dragged !== null && value(dragged) !== column.value && leading(dragged, column) !== undefined
          }
          draggable={(row) => columns.some((other) => leading(row, other) !== undefined)}
          onDrag={setDragged}
          onDrop={() => drop(column)}
        >
          {children}
        </BoardColumn>
      ))}
      {command.dialog}
    </Box>
  );
}
