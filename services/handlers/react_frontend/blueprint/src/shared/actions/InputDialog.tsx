import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { type ReactNode, useId } from "react";

import { Refusal } from "../form/Refusal.tsx";
import type { Rules } from "../form/rules.ts";
import { type Form, useForm } from "../form/useForm.ts";
import { useSubmit } from "../form/useSubmit.ts";

interface InputDialogProps<D extends object> {
  title: string;
  submitLabel: string;
  /** What the inputs show at first. */
  blank: D;
  rules: Rules<D>;
  /** Does it; what the server refuses is told at its field. */
  send: (values: D) => Promise<unknown>;
  onDone: () => void;
  onCancel: () => void;
  children: (form: Form<D>) => ReactNode;
}

/** Asks for what an act needs to know. It stays open, with everything that was entered, until the act has succeeded. */
export function InputDialog<D extends object>(props: InputDialogProps<D>) {
  const { title, submitLabel, send, onDone, onCancel, children } = props;
  const form = useForm(props.blank, props.rules);
  const titleId = useId();
  const { busy, failure, submit } = useSubmit(form, send, onDone);

  return (
    <Dialog open onClose={busy ? undefined : onCancel} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2.25, pt: 1 }}>
            <Refusal message={failure} />
            {children(form)}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5 }}>
          <Button onClick={onCancel} disabled={busy} color="inherit">
            Cancel
          </Button>
          <Button type="submit" loading={busy} variant="contained">
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
