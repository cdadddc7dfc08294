import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { type SubmitEvent, useState } from "react";

import { toApiError } from "../api/errors.ts";
import { useForm, withoutBlanks } from "../form/useForm.ts";
import type { Entry } from "./entry.ts";

interface ComposerProps<R, D extends object, I extends object> {
  entry: Entry<R, D, I>;
  label: string;
  send: (input: I) => Promise<unknown>;
  onDone?: () => void;
  /** Absent where it stays open. */
  onCancel?: () => void;
}

/** Inputs that stand open in the page; they are empty again once what they held was taken. */
export function Composer<R, D extends object, I extends object>(props: ComposerProps<R, D, I>) {
  // Inputs that are made anew hold nothing of what was sent.
  const [sent, setSent] = useState(0);
  return (
    <Inputs
      key={sent}
      {...props}
      onDone={() => {
        setSent(sent + 1);
        props.onDone?.();
      }}
    />
  );
}

function Inputs<R, D extends object, I extends object>({
  entry,
  label,
  send,
  onDone,
  onCancel,
}: ComposerProps<R, D, I>) {
  const blank = entry.toDraft(undefined);
  const form = useForm(blank, entry.rules);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!form.check()) return;
    setBusy(true);
    try {
      await send(withoutBlanks(entry.toInput(form.values), entry.toInput(blank)));
      onDone?.();
    } catch (thrown) {
      const { fields, message } = toApiError(thrown);
      const homeless = form.refuse(fields);
      if (fields.length === 0 || homeless.length > 0) setFailure(homeless[0]?.message ?? message);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-label={label}>
      <Stack sx={{ gap: 1.5, pt: 1.5 }}>
        {failure !== null && (
          <Alert severity="error" role="alert">
            {failure}
          </Alert>
        )}
        <entry.Inputs form={form} existing={undefined} />
        <Stack direction="row" sx={{ gap: 1, justifyContent: "flex-end" }}>
          {onCancel !== undefined && (
            <Button color="inherit" onClick={onCancel} disabled={busy}>
              Cancel
            </Button>
          )}
          <Button type="submit" variant="contained" loading={busy} disabled={!form.dirty}>
            {label}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}
