import Box from "@mui/material/Box";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";

import type { InputProps } from "./inputs.tsx";

const whole = /^#[0-9a-f]{6}$/iu;

/** A color, written as `#1a2b3c` or picked; it may stay empty, which a picker alone cannot say. */
export function ColorInput<D>({ form, name, label, required = false, hint }: InputProps<D, string>) {
  const value = form.values[name] as string;
  const error = form.errors[name];
  const set = (color: string) => form.set(name, color as D[typeof name]);
  return (
    <TextField
      name={name}
      label={label}
      value={value}
      required={required}
      placeholder="#1a2b3c"
      error={error !== undefined}
      helperText={error ?? hint}
      onChange={(event) => set(event.target.value.trim())}
      onBlur={() => form.leave(name)}
      slotProps={{
        inputLabel: { shrink: true },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Box
                component="input"
                type="color"
                aria-label={`Pick ${label}`}
                value={whole.test(value) ? value : "#ffffff"}
                onChange={(event) => set(event.target.value)}
                sx={{ width: 28, height: 28, p: 0, border: 0, bgcolor: "transparent", cursor: "pointer" }}
              />
            </InputAdornment>
          ),
        },
        htmlInput: { maxLength: 7, spellCheck: false },
      }}
    />
  );
}
