import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";

import type { Chart } from "./series.ts";

interface MetricTableProps {
  title: string;
  /** What stands in the first column: "Day", "Priority". */
  head: string;
  chart: Chart;
}

/** Everything that a chart shows, and what it has no room for, as a table. */
export function MetricTable({ title, head, chart }: MetricTableProps) {
  return (
    // A scrolling region must be reachable by keyboard.
    <Box tabIndex={0} role="region" aria-label={title} sx={{ overflow: "auto", maxHeight: 320 }}>
      <Table size="small" stickyHeader aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell>{head}</TableCell>
            {chart.series.map(({ name }) => (
              <TableCell key={name} align="right">
                {name === "" ? title : name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {chart.labels.map((label, at) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row">
                {label}
              </TableCell>
              {chart.series.map(({ name, exact }) => (
                <TableCell key={name} align="right" sx={{ fontVariantNumeric: "tabular-nums" }}>
                  {exact[at]}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
