import Autocomplete from "@mui/material/Autocomplete";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useState } from "react";

import type { Pointer, Reference } from "../api/types.ts";
import { InputGroup } from "./InputGroup.tsx";
import type { InputProps } from "./inputs.tsx";
import { useChoices } from "./useChoices.ts";

interface Target {
  type: string;
  label: string;
  /** Last segment of the address of its rows. */
  collection: string;
}

/** Picks one row of any of several models: first what it is, then which one. */
export function PointerInput<D>(props: InputProps<D, Pointer | null> & { targets: Target[] }) {
  const { form, name, targets } = props;
  const value = form.values[name] as Pointer | null;
  const [chosen, setChosen] = useState(value?.type ?? targets[0]?.type ?? "");
  const target = targets.find(({ type }) => type === (value?.type ?? chosen));
  const set = (row: Reference | null) =>
    form.set(name, (row === null ? null : { type: chosen, ...row }) as D[typeof name]);
  return (
    <InputGroup {...props}>
      <TextField
        select
        label="Kind"
        value={target?.type ?? ""}
        onChange={(event) => {
          setChosen(event.target.value);
          set(null);
        }}
        sx={{ flex: 1, minWidth: 140 }}
      >
        {targets.map(({ type, label }) => (
          <MenuItem key={type} value={type}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      {target !== undefined && (
        <RowPicker
          key={target.type}
          target={target}
          value={value}
          wrong={form.errors[name] !== undefined}
          onChoose={set}
        />
      )}
    </InputGroup>
  );
}

interface RowPickerProps {
  target: Target;
  value: Pointer | null;
  wrong: boolean;
  onChoose: (row: Reference | null) => void;
}

function RowPicker({ target, value, wrong, onChoose }: RowPickerProps) {
  const { options, failed } = useChoices(target.collection);
  return (
    <Autocomplete
      {...options}
      value={value as Reference | null}
      onChange={(_event, row) => onChoose(row)}
      sx={{ flex: 2, minWidth: 200 }}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={target.label}
          error={wrong || failed}
          helperText={failed ? "The choices could not be loaded." : undefined}
        />
      )}
    />
  );
}
