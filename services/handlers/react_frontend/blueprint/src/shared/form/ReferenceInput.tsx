import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";

import type { Reference } from "../api/types.ts";
import type { InputProps } from "./inputs.tsx";
import { useChoices } from "./useChoices.ts";

interface PickerOptions {
  /** Last segment of the address of the collection that is offered. */
  collection: string;
}

/** Picks one row of another model; the server searches. */
export function ReferenceInput<D>(props: InputProps<D, Reference | null> & PickerOptions) {
  const { form, name, label, required = false, hint, collection } = props;
  const search = useChoices(collection);
  const error = form.errors[name];
  return (
    <Autocomplete
      {...search.options}
      value={form.values[name] as Reference | null}
      onChange={(_event, chosen) => form.set(name, chosen as D[typeof name])}
      onBlur={() => form.leave(name)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          name={name}
          label={label}
          required={required}
          error={error !== undefined || search.failed}
          helperText={error ?? (search.failed ? "The choices could not be loaded." : hint)}
        />
      )}
    />
  );
}

/** Picks any number of rows of another model. */
export function ReferencesInput<D>(props: InputProps<D, Reference[]> & PickerOptions) {
  const { form, name, label, required = false, hint, collection } = props;
  const search = useChoices(collection);
  const error = form.errors[name];
  return (
    <Autocomplete
      {...search.options}
      multiple
      disableCloseOnSelect
      filterSelectedOptions
      value={form.values[name] as Reference[]}
      onChange={(_event, chosen) => form.set(name, chosen as D[typeof name])}
      onBlur={() => form.leave(name)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          name={name}
          label={label}
          required={required}
          error={error !== undefined || search.failed}
          helperText={error ?? (search.failed ? "The choices could not be loaded." : hint)}
        />
      )}
    />
  );
}
