import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

import { Icon } from "../ui/icons.tsx";
import { complaintsOf, type Rules } from "./rules.ts";
import type { Form } from "./useForm.ts";

/** One line of the member `K`. */
type LineOf<D, K extends keyof D> = D[K] extends (infer L extends object)[] ? L : never;

interface LinesInputProps<D, K extends keyof D & string> {
  form: Form<D>;
  name: K;
  label: string;
  required?: boolean;
  hint?: string;
  /** What a new line shows. */
  blank: LineOf<D, K>;
  rules: Rules<LineOf<D, K>>;
  most?: number;
  /** The inputs of one line. */
  children: (line: Form<LineOf<D, K>>) => ReactNode;
}

/** Several lines of the same inputs, as many as are needed. */
export function LinesInput<D, K extends keyof D & string>(props: LinesInputProps<D, K>) {
  type L = LineOf<D, K>;
  const { form, name, label, required = false, hint, blank, rules, most = 100, children } = props;
  const id = useId();
  const lines = form.values[name] as L[];
  const error = form.errors[name];
  const replace = (changed: L[]) => form.set(name, changed as D[K]);

  const lineOf = (at: number, values: L): Form<L> => ({
    values,
    // Each line tells what is wrong with it once the form was judged.
    errors: error === undefined ? {} : complaintsOf(rules, values),
    dirty: true,
    set: (member, value) => replace(lines.with(at, { ...values, [member]: value })),
    leave: () => undefined,
    check: () => Object.keys(complaintsOf(rules, values)).length === 0,
    refuse: (fields) => fields,
    rebase: () => undefined,
    restart: () => undefined,
  });

  return (
    <Box component="fieldset" aria-describedby={`${id}-said`} sx={{ m: 0, p: 0, border: 0, minWidth: 0 }}>
      <Typography component="legend" variant="body2" sx={{ fontWeight: 560, mb: 1, p: 0 }}>
        {label}
        {required && " *"}
      </Typography>
      <Stack component="ol" sx={{ listStyle: "none", m: 0, p: 0, gap: 1.5 }}>
        {lines.map((line, at) => (
          // Lines have no name of their own, and are never put in another order.
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <Stack component="li" direction="row" key={at} sx={{ gap: 1, alignItems: "flex-start" }}>
            <Box
              sx={{
                flex: 1,
                minWidth: 0,
                display: "grid",
                gap: 1.5,
                gridTemplateColumns: { xs: "minmax(0, 1fr)", sm: "repeat(auto-fit, minmax(140px, 1fr))" },
              }}
            >
              {children(lineOf(at, line))}
            </Box>
            <IconButton
              aria-label={`Remove line ${at + 1} of ${label}`}
              onClick={() => replace(lines.toSpliced(at, 1))}
            >
              <Icon name="trash" fontSize="small" />
            </IconButton>
          </Stack>
        ))}
      </Stack>
      <Button
        startIcon={<Icon name="plus" />}
        disabled={lines.length >= most}
        onClick={() => replace([...lines, blank])}
        aria-invalid={error !== undefined}
        sx={{ mt: 1 }}
        aria-label={`Add a line to ${label}`}
      >
        Add line
      </Button>
      <FormHelperText id={`${id}-said`} error={error !== undefined}>
        {error ?? hint}
      </FormHelperText>
    </Box>
  );
}
