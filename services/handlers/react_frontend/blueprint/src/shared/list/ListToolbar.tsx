import Badge from "@mui/material/Badge";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Collapse from "@mui/material/Collapse";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";

import { Icon } from "../ui/icons.tsx";
import { ColumnMenu } from "./ColumnMenu.tsx";
import { FilterPanel } from "./FilterPanel.tsx";
import { SearchField } from "./SearchField.tsx";
import type { Column, Filter } from "./types.ts";
import type { ColumnChoice } from "./useColumns.ts";
import type { ListState } from "./useListState.ts";

interface ListToolbarProps<R> {
  list: ListState;
  filters: Filter[];
  searchLabel?: string | undefined;
  columns: Column<R>[];
  choice: ColumnChoice<R>;
  /** Cards have no table head to sort by, so sorting stands here. */
  compact: boolean;
}

export function ListToolbar<R>({
  list,
  filters,
  searchLabel,
  columns,
  choice,
  compact,
}: ListToolbarProps<R>) {
  const count = Object.keys(list.filters).length;
  const [open, setOpen] = useState(count > 0);
  const panelId = useId();
  const sortable = columns.filter((column) => column.sortable === true);
  return (
    <Box sx={{ p: { xs: 1.5, sm: 2 } }}>
      <Stack direction="row" sx={{ columnGap: 1, rowGap: 1.75, flexWrap: "wrap", alignItems: "center" }}>
        {searchLabel !== undefined && (
          <Box sx={{ flex: { xs: "1 1 100%", sm: "1 1 auto" } }}>
            <SearchField label={searchLabel} value={list.search} onChange={list.setSearch} />
          </Box>
        )}
        <Stack
          direction="row"
          sx={{ gap: 0.5, ml: "auto", width: { xs: "100%", sm: "auto" }, alignItems: "center" }}
        >
          {compact && sortable.length > 0 && <SortSelect columns={sortable} list={list} />}
          {filters.length > 0 && (
            <Badge badgeContent={count} color="primary">
              <Button
                color="inherit"
                startIcon={<Icon name="filter" />}
                onClick={() => setOpen(!open)}
                aria-expanded={open}
                aria-controls={panelId}
              >
                Filters
              </Button>
            </Badge>
          )}
          {!compact && <ColumnMenu columns={columns} choice={choice} />}
        </Stack>
      </Stack>
      <Collapse in={open} id={panelId} unmountOnExit>
        <FilterPanel filters={filters} list={list} />
      </Collapse>
    </Box>
  );
}

function SortSelect<R>({ columns, list }: { columns: Column<R>[]; list: ListState }) {
  return (
    <TextField
      select
      label="Sort by"
      value={list.sort}
      onChange={(event) => list.setSort(event.target.value)}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      sx={{ flex: 1, maxWidth: 240 }}
    >
      <MenuItem value="">Default order</MenuItem>
      {columns.flatMap((column) => [
        <MenuItem key={column.key} value={column.key}>
          {column.label}, ascending
        </MenuItem>,
        <MenuItem key={`-${column.key}`} value={`-${column.key}`}>
          {column.label}, descending
        </MenuItem>,
      ])}
    </TextField>
  );
}
