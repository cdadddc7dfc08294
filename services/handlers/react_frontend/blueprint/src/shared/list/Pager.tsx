import MenuItem from "@mui/material/MenuItem";
import Pagination from "@mui/material/Pagination";
import Select from "@mui/material/Select";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import { formatNumber } from "../format.ts";
import { type ListState, pageSizes } from "./useListState.ts";

export function Pager({ list, total }: { list: ListState; total: number }) {
  const first = (list.page - 1) * list.pageSize + 1;
  const last = Math.min(total, list.page * list.pageSize);
  const pages = Math.ceil(total / list.pageSize);
  const sizes = [...new Set([...pageSizes, list.pageSize])].toSorted((one, other) => one - other);
  return (
    <Stack
      direction={{ xs: "column", sm: "row" }}
      sx={{
        px: 2,
        py: 1.25,
        gap: 1,
        alignItems: "center",
        justifyContent: "space-between",
        borderTop: 1,
        borderColor: "divider",
      }}
    >
      <Stack direction="row" sx={{ alignItems: "center", gap: 2 }}>
        <Typography
          variant="caption"
          role="status"
          sx={{ color: "text.secondary", fontVariantNumeric: "tabular-nums" }}
        >
          {formatNumber(first)}–{formatNumber(last)} of {formatNumber(total)}
        </Typography>
        <Select
          variant="standard"
          disableUnderline
          value={list.pageSize}
          onChange={(event) => list.setPageSize(Number(event.target.value))}
          // What can be read must be part of the name: people say it to their software.
          inputProps={{ "aria-label": `Rows: ${list.pageSize} per page` }}
          renderValue={(size) => `${size} per page`}
          sx={{ fontSize: "0.8125rem", color: "text.secondary" }}
        >
          {sizes.map((size) => (
            <MenuItem key={size} value={size}>
              {size}
            </MenuItem>
          ))}
        </Select>
      </Stack>
      {pages > 1 && (
        <Pagination
          count={pages}
          page={Math.min(list.page, pages)}
          onChange={(_event, page) => list.setPage(page)}
          siblingCount={0}
          size="small"
          shape="rounded"
          aria-label="Pages"
        />
      )}
    </Stack>
  );
}
