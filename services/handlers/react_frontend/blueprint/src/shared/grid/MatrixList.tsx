import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useState } from "react";

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
          return (
            <ListItem
              key={line.id}
              disablePadding
              sx={{
                borderTop: 1,
                borderColor: "divider",
                bgcolor: checked === linked ? undefined : "action.selected",
              }}
            >
              <FormControlLabel
                sx={{ m: 0, px: 1.5, py: 1, flex: 1, gap: 0.5 }}
                disabled={!editable}
                control={
                  <Checkbox
                    size="small"
                    checked={checked}
                    onChange={() => onToggle(line, head.row, linked)}
                  />
                }
                label={
                  <ListItemText
                    primary={item.label}
                    secondary={item.hint}
                    sx={{ m: 0, overflowWrap: "anywhere" }}
                  />
                }
              />
            </ListItem>
          );
        })}
      </List>
    </>
  );
}
