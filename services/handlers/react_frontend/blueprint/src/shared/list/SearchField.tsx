import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useEffect, useState } from "react";

import { Icon } from "../ui/icons.tsx";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Search text, handed on when typing pauses. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);

  // The address may change from outside (back button, "clear"): the field then follows it.
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }

  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [onChange, text, value]);

  return (
    <TextField
      type="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      placeholder={label}
      slotProps={{
        htmlInput: { "aria-label": label, maxLength: 200 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Icon name="search" fontSize="small" />
            </InputAdornment>
          ),
          endAdornment:
            text === "" ? null : (
              <InputAdornment position="end">
                <IconButton size="small" edge="end" aria-label="Clear the search" onClick={() => setText("")}>
                  <Icon name="close" sx={{ fontSize: 18 }} />
                </IconButton>
              </InputAdornment>
            ),
        },
      }}
      // The field has its own button for this; the browser's would stand beside it.
      sx={{ maxWidth: { sm: 360 }, "& ::-webkit-search-cancel-button": { display: "none" } }}
    />
  );
}
