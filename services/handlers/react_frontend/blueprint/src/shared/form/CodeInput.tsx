import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";

import type { InputProps } from "./inputs.tsx";

interface CodeInputProps<D> extends InputProps<D, string> {
  codes: readonly string[];
  /** What people read for a code, and search in. */
  labelOf: (code: string) => string;
}

/** Picks one of many codes that the browser knows. */
export function CodeInput<D>(props: CodeInputProps<D>) {
  const { form, name, label, required = false, hint, codes, labelOf } = props;
  const value = form.values[name] as string;
  const error = form.errors[name];
  return (
    <Autocomplete
      // One that browsers no longer know stays.
      options={value === "" || codes.includes(value) ? codes : [value, ...codes]}
      getOptionLabel={labelOf}
      value={value === "" ? null : value}
      onChange={(_event, code) => form.set(name, (code ?? "") as D[typeof name])}
      onBlur={() => form.leave(name)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          name={name}
          label={label}
          required={required}
          error={error !== undefined}
          helperText={error ?? hint}
        />
      )}
    />
  );
}
