import TextField from "@mui/material/TextField";

import { type Span, spanOf, spanText, spanUnits } from "../spans.ts";
import { InputGroup } from "./InputGroup.tsx";
import { type InputProps, TextInput } from "./inputs.tsx";

const labels = { day: "Days", hour: "Hours", minute: "Minutes" };

/** A span of time, by days, hours and minutes. One that these cannot say is entered as it travels. */
export function DurationInput<D>(props: InputProps<D, string>) {
  const { form, name } = props;
  const span = spanOf(form.values[name] as string);
  if (span === null) return <TextInput {...props} />;
  const change = (unit: keyof Span, text: string) => {
    const digits = text.replaceAll(/\D/gu, "").slice(0, 6);
    form.set(name, spanText({ ...span, [unit]: digits }) as D[typeof name]);
  };
  return (
    <InputGroup {...props}>
      {spanUnits.map((unit) => (
        <TextField
          key={unit}
          label={labels[unit]}
          value={span[unit]}
          error={form.errors[name] !== undefined}
          onChange={(event) => change(unit, event.target.value)}
          slotProps={{ htmlInput: { inputMode: "numeric" } }}
          sx={{ flex: 1, minWidth: 84, maxWidth: 140 }}
        />
      ))}
    </InputGroup>
  );
}
