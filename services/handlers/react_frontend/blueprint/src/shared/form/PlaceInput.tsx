import TextField from "@mui/material/TextField";

import type { PlaceDraft } from "../places.ts";
import { InputGroup } from "./InputGroup.tsx";
import type { InputProps } from "./inputs.tsx";

const labels = { latitude: "Latitude", longitude: "Longitude" };

/** A place on earth, by its degrees: north and east are positive. */
export function PlaceInput<D>(props: InputProps<D, PlaceDraft>) {
  const { form, name } = props;
  const draft = form.values[name] as PlaceDraft;
  return (
    <InputGroup {...props}>
      {(["latitude", "longitude"] as const).map((axis) => (
        <TextField
          key={axis}
          label={labels[axis]}
          value={draft[axis]}
          error={form.errors[name] !== undefined}
          onChange={(event) => form.set(name, { ...draft, [axis]: event.target.value } as D[typeof name])}
          sx={{ flex: 1, minWidth: 140 }}
        />
      ))}
    </InputGroup>
  );
}
