import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useState } from "react";

import { useChoicesQuery } from "../api/choices.ts";
import type { Reference } from "../api/types.ts";
import { useDebounced } from "../ui/useDebounced.ts";
import type { InputProps } from "./inputs.tsx";

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

function useChoices(collection: string) {
  const [text, setText] = useState("");
  const { data, isFetching, isError } = useChoicesQuery({ collection, search: useDebounced(text) });
  return {
    failed: isError,
    options: {
      options: data?.items ?? [],
      loading: isFetching,
      noOptionsText: "Nothing found",
      // The server has searched already.
      filterOptions: (all: Reference[]) => all,
      getOptionLabel: (option: Reference) => option.display,
      getOptionKey: (option: Reference) => option.id,
      isOptionEqualToValue: (option: Reference, chosen: Reference) => option.id === chosen.id,
      onInputChange: (_event: unknown, entered: string, reason: string) =>
        setText(reason === "input" ? entered : ""),
    },
  };
}
