import Autocomplete, { type AutocompleteRenderInputParams } from "@mui/material/Autocomplete";
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
  const { form, name } = props;
  const picker = usePicker<D>(props);
  return (
    <Autocomplete
      {...picker}
      value={form.values[name] as Reference | null}
      onChange={(_event, chosen) => form.set(name, chosen as D[typeof name])}
    />
  );
}

/** Picks any number of rows of another model. */
export function ReferencesInput<D>(props: InputProps<D, Reference[]> & PickerOptions) {
  const { form, name } = props;
  const picker = usePicker<D>(props);
  return (
    <Autocomplete
      {...picker}
      multiple
      disableCloseOnSelect
      filterSelectedOptions
      value={form.values[name] as Reference[]}
      onChange={(_event, chosen) => form.set(name, chosen as D[typeof name])}
    />
  );
}

type PickerProps<D> = Omit<InputProps<D, unknown>, "name"> & PickerOptions & { name: keyof D & string };

/** What both pickers share: the choices, and the field that is typed into. */
function usePicker<D>({ form, name, label, required = false, hint, collection }: PickerProps<D>) {
  const { options, failed } = useChoices(collection);
  const error = form.errors[name];
  return {
    ...options,
    onBlur: () => form.leave(name),
    renderInput: (parameters: AutocompleteRenderInputParams) => (
      <TextField
        {...parameters}
        name={name}
        label={label}
        required={required}
        error={error !== undefined || failed}
        helperText={error ?? (failed ? "The choices could not be loaded." : hint)}
      />
    ),
  };
}
