import MuiLink from "@mui/material/Link";
import Skeleton from "@mui/material/Skeleton";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TableSortLabel from "@mui/material/TableSortLabel";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { Row } from "../api/types.ts";
import { visuallyHidden } from "../ui/values.tsx";
import type { Column } from "./types.ts";

export interface RowsProps<R> {
  label: string;
  columns: Column<R>[];
  rows: R[];
  sort: string;
  onSort?: ((sort: string) => void) | undefined;
  rowHref?: ((row: R) => string) | undefined;
  onOpen?: ((row: R) => void) | undefined;
  rowActions?: ((row: R) => ReactNode) | undefined;
}

/** The whole row leads to its page: the link of the first cell is stretched over it, and other controls lie above. */
const stretched = {
  font: "inherit",
  fontWeight: 560,
  color: "inherit",
  textAlign: "left",
  "&::after": { content: '""', position: "absolute", inset: 0 },
} as const;

export function RowTable<R extends Row>(props: RowsProps<R>) {
  const { label, columns, rows, sort, onSort, rowActions } = props;
  return (
    <TableContainer>
      <Table aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell
                key={column.key}
                {...(column.align === undefined ? {} : { align: column.align })}
                sortDirection={directionOf(sort, column.key)}
              >
                {column.sortable === true && onSort !== undefined ? (
                  <TableSortLabel
                    active={directionOf(sort, column.key) !== false}
                    direction={directionOf(sort, column.key) || "asc"}
                    onClick={() => onSort(sort === column.key ? `-${column.key}` : column.key)}
                  >
                    {column.label}
                  </TableSortLabel>
                ) : (
                  column.label
                )}
              </TableCell>
            ))}
            {rowActions !== undefined && (
              <TableCell sx={{ width: 64, position: "relative" }}>
                <span style={visuallyHidden}>Actions</span>
              </TableCell>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow
              key={row.id}
              hover
              sx={{
                position: "relative",
                "& td:not(:first-of-type) :is(a, button)": { position: "relative", zIndex: 1 },
              }}
            >
              {columns.map((column, index) => (
                <TableCell
                  key={column.key}
                  {...(column.align === undefined ? {} : { align: column.align })}
                  sx={{ maxWidth: index === 0 ? 340 : 280, overflow: "hidden" }}
                >
                  {index === 0 ? <RowTitle {...props} row={row} column={column} /> : column.render(row)}
                </TableCell>
              ))}
              {rowActions !== undefined && (
                <TableCell align="right" sx={{ py: 0 }}>
                  {rowActions(row)}
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** The first cell: what the row is called, and the way to it. */
export function RowTitle<R extends Row>(props: RowsProps<R> & { row: R; column: Column<R> }) {
  const { row, column, rowHref, onOpen } = props;
  const content = column.render(row);
  if (rowHref !== undefined) {
    return (
      <MuiLink component={Link} to={rowHref(row)} underline="none" sx={stretched}>
        {content}
      </MuiLink>
    );
  }
  if (onOpen !== undefined) {
    return (
      <MuiLink component="button" type="button" onClick={() => onOpen(row)} underline="none" sx={stretched}>
        {content}
      </MuiLink>
    );
  }
  return content;
}

function directionOf(sort: string, key: string): "asc" | "desc" | false {
  if (sort === key) return "asc";
  return sort === `-${key}` ? "desc" : false;
}

export function TableSkeleton({ columns, rows = 8 }: { columns: number; rows?: number }) {
  return (
    <TableContainer aria-hidden>
      <Table>
        <TableBody>
          {Array.from({ length: rows }, (_row, row) => (
            <TableRow key={row}>
              {Array.from({ length: columns }, (_column, column) => (
                <TableCell key={column}>
                  <Skeleton width={`${50 + ((row * 7 + column * 13) % 40)}%`} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
