import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useState } from "react";

import { Refusal } from "../form/Refusal.tsx";
import { useForm, withoutBlanks } from "../form/useForm.ts";
import { useSubmit } from "../form/useSubmit.ts";
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
  const sendInput = (draft: D) =>
    send(withoutBlanks(entry.toInput(draft), entry.toInput(blank), entry.withheld));
  const { busy, failure, submit } = useSubmit(form, sendInput, onDone);

  return (
    <form onSubmit={submit} noValidate aria-label={label}>
      <Stack sx={{ gap: 1.5, pt: 1.5 }}>
        <Refusal message={failure} />
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
