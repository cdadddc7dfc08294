import Button from "@mui/material/Button";
import { useState } from "react";

import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { toasts } from "../ui/toasts.ts";

interface CommandButtonProps {
  label: string;
  /** Asked before, where something is taken away from somebody. */
  confirm?: { title: string; body: string };
  run: () => Promise<unknown>;
  /** Said afterwards. */
  done: string;
}

/** An act that concerns no single row: a button that does it, and tells the outcome. */
export function CommandButton({ label, confirm, run, done }: CommandButtonProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      await run();
      toasts.succeeded(done);
    } catch (failure) {
      toasts.failed(failure);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <>
      <Button
        variant="outlined"
        color="inherit"
        loading={busy && !asking}
        onClick={() => (confirm === undefined ? void act() : setAsking(true))}
        sx={{ borderColor: "divider" }}
      >
        {label}
      </Button>
      {confirm !== undefined && (
        <ConfirmDialog
          open={asking}
          title={confirm.title}
          body={confirm.body}
          confirmLabel={label}
          busy={busy}
          onConfirm={() => void act()}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}
