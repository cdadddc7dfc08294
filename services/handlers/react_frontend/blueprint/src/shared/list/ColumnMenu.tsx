import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";

import { Icon } from "../ui/icons.tsx";
import type { Column } from "./types.ts";
import type { ColumnChoice } from "./useColumns.ts";

export function ColumnMenu<R>({ columns, choice }: { columns: Column<R>[]; choice: ColumnChoice<R> }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        color="inherit"
        startIcon={<Icon name="columns" />}
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
      >
        Columns
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {columns.slice(1).map((column) => (
          <MenuItem
            key={column.key}
            dense
            role="menuitemcheckbox"
            aria-checked={choice.isVisible(column.key)}
            onClick={() => choice.toggle(column.key)}
          >
            <Checkbox
              edge="start"
              size="small"
              checked={choice.isVisible(column.key)}
              disableRipple
              // The menu item is the control; this only shows its state.
              slotProps={{ input: { tabIndex: -1, "aria-hidden": true } }}
            />
            <ListItemText primary={column.label} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
