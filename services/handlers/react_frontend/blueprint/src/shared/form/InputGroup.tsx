import FormControl from "@mui/material/FormControl";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";

import type { Form } from "./useForm.ts";

interface InputGroupProps<D> {
  form: Form<D>;
  name: keyof D & string;
  label: string;
  required?: boolean;
  hint?: string;
  children: ReactNode;
}

/** Several inputs that hold one value. It is judged once all of them are left. */
export function InputGroup<D>({ form, name, label, required = false, hint, children }: InputGroupProps<D>) {
  const error = form.errors[name];
  return (
    <FormControl
      component="fieldset"
      required={required}
      error={error !== undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) form.leave(name);
      }}
    >
      <FormLabel component="legend" sx={{ fontSize: "0.8125rem", mb: 1 }}>
        {label}
      </FormLabel>
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
        {children}
      </Stack>
      {(error ?? hint) !== undefined && <FormHelperText>{error ?? hint}</FormHelperText>}
    </FormControl>
  );
}
