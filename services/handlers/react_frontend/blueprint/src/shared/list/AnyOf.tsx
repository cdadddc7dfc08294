import Checkbox from "@mui/material/Checkbox";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";

import type { Option } from "./types.ts";

interface AnyOfProps {
  label: string;
  options: Option[];
  value: string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of options; none of them chosen lets everything through. */
export function AnyOf({ label, options, value, onChange }: AnyOfProps) {
  const among = (chosen: string[]) => options.filter((option) => chosen.includes(option.value));
  const known = among(value);
  return (
    <TextField
      select
      label={label}
      value={known.map((option) => option.value)}
      onChange={(event) => {
        // What stands in the address does not depend on the order of clicks.
        onChange(among(event.target.value as unknown as string[]).map((option) => option.value));
      }}
      slotProps={{
        inputLabel: { shrink: true },
        select: {
          multiple: true,
          displayEmpty: true,
          renderValue: () => known.map((option) => option.label).join(", ") || "Any",
        },
      }}
    >
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value} sx={{ gap: 1 }}>
          <Checkbox size="small" checked={value.includes(option.value)} sx={{ p: 0 }} />
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
