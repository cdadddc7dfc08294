import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { type HTMLInputTypeAttribute, useState } from "react";

import type { Option } from "../list/types.ts";
import { Icon } from "../ui/icons.tsx";
import type { Form } from "./useForm.ts";

/** Names of the members of `D` that hold a `V`. */
export type NamesOf<D, V> = { [K in keyof D & string]: D[K] extends V ? K : never }[keyof D & string];

export interface InputProps<D, V> {
  form: Form<D>;
  name: NamesOf<D, V>;
  label: string;
  required?: boolean;
  hint?: string;
}

interface TextInputProps<D> extends InputProps<D, string> {
  type?: HTMLInputTypeAttribute;
  maxLength?: number;
  multiline?: boolean;
  min?: number | string;
  max?: number | string;
  step?: number | string;
  autoComplete?: string;
  inputMode?: "numeric" | "decimal";
  /** What it is counted in, such as a currency. */
  unit?: string | undefined;
}

/** Text, and everything that is typed as text: e-mail, numbers, dates, times. */
export function TextInput<D>(props: TextInputProps<D>) {
  const { form, name, label, required = false, hint, type = "text", multiline = false } = props;
  const value = form.values[name] as string;
  const error = form.errors[name];
  const floats = ["date", "time", "datetime-local"].includes(type);
  return (
    <TextField
      name={name}
      label={label}
      type={type}
      value={value}
      required={required}
      error={error !== undefined}
      helperText={error ?? hint ?? counter(value, props.maxLength)}
      multiline={multiline}
      {...(multiline ? { minRows: 3, maxRows: 14 } : {})}
      autoComplete={props.autoComplete ?? "off"}
      onChange={(event) => form.set(name, event.target.value as D[typeof name])}
      onBlur={() => form.leave(name)}
      slotProps={{
        ...(floats ? { inputLabel: { shrink: true } } : {}),
        ...(props.unit
          ? { input: { endAdornment: <InputAdornment position="end">{props.unit}</InputAdornment> } }
          : {}),
        htmlInput: { min: props.min, max: props.max, step: props.step, inputMode: props.inputMode },
      }}
    />
  );
}

/** Says how much room is left once it gets tight. */
function counter(value: string, maxLength: number | undefined): string | undefined {
  if (maxLength === undefined || value.length < maxLength * 0.8) return undefined;
  return `${value.length} of ${maxLength} characters`;
}

interface PasswordInputProps<D> extends InputProps<D, string> {
  autoComplete: "current-password" | "new-password";
}

export function PasswordInput<D>({
  form,
  name,
  label,
  required = false,
  hint,
  autoComplete,
}: PasswordInputProps<D>) {
  const [shown, setShown] = useState(false);
  const error = form.errors[name];
  return (
    <TextField
      name={name}
      label={label}
      type={shown ? "text" : "password"}
      value={form.values[name]}
      required={required}
      error={error !== undefined}
      helperText={error ?? hint}
      autoComplete={autoComplete}
      onChange={(event) => form.set(name, event.target.value as D[typeof name])}
      onBlur={() => form.leave(name)}
      slotProps={{
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <IconButton
                edge="end"
                size="small"
                aria-label={shown ? "Hide the password" : "Show the password"}
                onClick={() => setShown(!shown)}
              >
                <Icon name={shown ? "eyeOff" : "eye"} fontSize="small" />
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}

export function SelectInput<D>(props: InputProps<D, string> & { options: Option[] }) {
  const { form, name, label, required = false, hint, options } = props;
  const error = form.errors[name];
  return (
    <TextField
      select
      name={name}
      label={label}
      value={form.values[name]}
      required={required}
      error={error !== undefined}
      helperText={error ?? hint}
      onChange={(event) => form.set(name, event.target.value as D[typeof name])}
      onBlur={() => form.leave(name)}
    >
      {!required && <MenuItem value="">None</MenuItem>}
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

export function CheckboxInput<D>({ form, name, label, hint }: InputProps<D, boolean>) {
  const error = form.errors[name];
  return (
    <div>
      <FormControlLabel
        label={label}
        control={
          <Checkbox
            name={name}
            checked={form.values[name] as boolean}
            onChange={(event) => form.set(name, event.target.checked as D[typeof name])}
          />
        }
      />
      {(error ?? hint) !== undefined && (
        <FormHelperText error={error !== undefined}>{error ?? hint}</FormHelperText>
      )}
    </div>
  );
}
