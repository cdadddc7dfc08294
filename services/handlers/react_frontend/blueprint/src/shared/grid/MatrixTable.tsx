import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";

import type { Row } from "../api/types.ts";
import type { MatrixProps } from "./matrix.ts";

/** The matrix for wide screens; names stay in view while it scrolls. */
export function MatrixTable<Line extends Row, Head extends Row>({
  label,
  lines,
  heads,
  cell,
  onToggle,
}: MatrixProps<Line, Head>) {
  return (
    <TableContainer sx={{ maxHeight: "68vh" }}>
      <Table stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell
              component="td"
              sx={{ position: "sticky", left: 0, zIndex: 3, bgcolor: "background.paper", minWidth: 240 }}
            />
            {heads.map(({ row, item }) => (
              <TableCell
                key={row.id}
                align="center"
                title={item.label}
                sx={{ bgcolor: "background.paper", minWidth: 110 }}
              >
                <Box sx={{ maxWidth: 150, mx: "auto", overflow: "hidden", textOverflow: "ellipsis" }}>
                  {item.label}
                </Box>
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(({ row: line, item }) => (
            <TableRow key={line.id} hover>
              <TableCell
                component="th"
                scope="row"
                sx={{
                  position: "sticky",
                  left: 0,
                  zIndex: 1,
                  bgcolor: "background.paper",
                  maxWidth: 360,
                  py: 0.75,
                }}
              >
                <Typography variant="body2" sx={{ fontWeight: 540, overflowWrap: "anywhere" }}>
                  {item.label}
                </Typography>
                {item.hint !== undefined && (
                  <Typography variant="caption" sx={{ color: "text.secondary", overflowWrap: "anywhere" }}>
                    {item.hint}
                  </Typography>
                )}
              </TableCell>
              {heads.map(({ row: head, item: headItem }) => {
                const { checked, linked, editable } = cell(line, head);
                return (
                  <TableCell
                    key={head.id}
                    align="center"
                    sx={{ py: 0, bgcolor: checked === linked ? undefined : "action.selected" }}
                  >
                    <Checkbox
                      size="small"
                      checked={checked}
                      disabled={!editable}
                      onChange={() => onToggle(line, head, linked)}
                      slotProps={{ input: { "aria-label": `${item.label}: ${headItem.label}` } }}
                    />
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
