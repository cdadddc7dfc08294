import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";

interface ChangesProps {
  before: unknown;
  after: unknown;
}

/** What differs between two states of a row, member by member. */
export function Changes({ before, after }: ChangesProps) {
  const old = asObject(before);
  const current = asObject(after);
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])].filter(
    (name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(current[name] ?? null),
  );
  if (names.length === 0) {
    return (
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        No values are recorded for this entry.
      </Typography>
    );
  }
  return (
    <TableContainer>
      <Table size="small" aria-label="Changed values">
        <TableHead>
          <TableRow>
            <TableCell>Field</TableCell>
            <TableCell>Before</TableCell>
            <TableCell>After</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {names.map((name) => (
            <TableRow key={name} sx={{ verticalAlign: "top" }}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              <TableCell>
                <Value value={old[name]} tone="error.main" />
              </TableCell>
              <TableCell>
                <Value value={current[name]} tone="success.main" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Value({ value, tone }: { value: unknown; tone: string }) {
  if (value === undefined || value === null) {
    return (
      <Typography variant="caption" sx={{ color: "text.secondary" }}>
        empty
      </Typography>
    );
  }
  return (
    <Box
      component="code"
      sx={{ color: tone, fontSize: "0.8125rem", overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}
    >
      {typeof value === "string" ? value : JSON.stringify(value)}
    </Box>
  );
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
