import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";

import { toApiError } from "../api/errors.ts";
import type { Rules } from "../form/rules.ts";
import { type Form, useForm } from "../form/useForm.ts";

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
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!form.check()) return;
    setBusy(true);
    try {
      await send(form.values);
      onDone();
    } catch (thrown) {
      const { fields, message } = toApiError(thrown);
      const homeless = form.refuse(fields);
      if (fields.length === 0 || homeless.length > 0) setFailure(homeless[0]?.message ?? message);
      setBusy(false);
    }
  };

  return (
    <Dialog open onClose={busy ? undefined : onCancel} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2.25, pt: 1 }}>
            {failure !== null && (
              <Alert severity="error" role="alert">
                {failure}
              </Alert>
            )}
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
