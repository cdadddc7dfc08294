import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";

import type { InputProps } from "./inputs.tsx";

const codes = Intl.supportedValuesOf("currency");
const names = new Intl.DisplayNames(undefined, { type: "currency" });

/** Picks a currency, by its code or its name. */
export function CurrencyInput<D>({ form, name, label, required = false, hint }: InputProps<D, string>) {
  const value = form.values[name] as string;
  const error = form.errors[name];
  return (
    <Autocomplete
      // One that browsers no longer know stays.
      options={value === "" || codes.includes(value) ? codes : [value, ...codes]}
      getOptionLabel={(code) => (code === names.of(code) ? code : `${code} · ${names.of(code) ?? ""}`)}
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
