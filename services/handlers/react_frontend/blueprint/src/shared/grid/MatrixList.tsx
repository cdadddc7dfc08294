import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";

import type { Row } from "../api/types.ts";
import type { MatrixProps } from "./matrix.ts";

/** The matrix for narrow screens: one column at a time, as a list of check boxes. */
export function MatrixList<Line extends Row, Head extends Row>({
  label,
  lines,
  heads,
  cell,
  onToggle,
}: MatrixProps<Line, Head>) {
  const [chosen, setChosen] = useState("");
  const idPrefix = useId();
  const head = heads.find(({ row }) => row.id === chosen) ?? heads[0];
  if (head === undefined) return null;
  return (
    <>
      <Box sx={{ px: 1.5, pb: 1, pt: 1 }}>
        <TextField
          select
          label="Show"
          value={head.row.id}
          onChange={(event) => setChosen(event.target.value)}
        >
          {heads.map(({ row, item }) => (
            <MenuItem key={row.id} value={row.id}>
              {item.label}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <List aria-label={`${label}: ${head.item.label}`} disablePadding>
        {lines.map(({ row: line, item }) => {
          const { checked, linked, editable } = cell(line, head.row);
          const labelId = `${idPrefix}-${line.id}`;
          return (
            <ListItem key={line.id} disablePadding sx={{ borderTop: 1, borderColor: "divider" }}>
              <ListItemButton
                role="checkbox"
                aria-checked={checked}
                aria-labelledby={labelId}
                disabled={!editable}
                selected={checked !== linked}
                onClick={() => onToggle(line, head.row, linked)}
              >
                <ListItemIcon sx={{ minWidth: 40 }}>
                  <Checkbox
                    edge="start"
                    size="small"
                    checked={checked}
                    disableRipple
                    // The list item is the control; this only shows its state.
                    slotProps={{ input: { tabIndex: -1, "aria-hidden": true } }}
                  />
                </ListItemIcon>
                <ListItemText
                  id={labelId}
                  primary={item.label}
                  secondary={item.hint}
                  sx={{ overflowWrap: "anywhere" }}
                />
              </ListItemButton>
            </ListItem>
          );
        })}
      </List>
    </>
  );
}
