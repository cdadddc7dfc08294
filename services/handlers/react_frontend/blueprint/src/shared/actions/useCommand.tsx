import { type ReactNode, useState } from "react";

import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { toasts } from "../ui/toasts.ts";
import type { CommandAction } from "./rowActions.ts";

interface Command<R> {
  start: (action: CommandAction<R>, row: R) => void;
  busy: boolean;
  /** The question that is open, to be rendered by the caller. */
  dialog: ReactNode;
}

/** Runs commands on rows: asks first where that is due, tells the outcome, offers the way back. */
export function useCommand<R>(onDone?: (action: CommandAction<R>) => void): Command<R> {
  const [asked, setAsked] = useState<{ action: CommandAction<R>; row: R } | null>(null);
  const [busy, setBusy] = useState(false);

  const run = async (action: CommandAction<R>, row: R) => {
    setBusy(true);
    try {
      await action.run(row);
      const { undo } = action;
      toasts.succeeded(action.done(row), undo === undefined ? undefined : () => undo(row));
      onDone?.(action);
    } catch (failure) {
      toasts.failed(failure);
    } finally {
      setBusy(false);
      setAsked(null);
    }
  };

  const start = (action: CommandAction<R>, row: R) => {
    if (action.confirm === undefined) void run(action, row);
    else setAsked({ action, row });
  };

  const question = asked?.action.confirm?.(asked.row);
  const dialog =
    asked === null || question === undefined ? null : (
      <ConfirmDialog
        open
        title={question.title}
        body={question.body}
        confirmLabel={asked.action.label}
        destructive={asked.action.destructive ?? false}
        busy={busy}
        onConfirm={() => void run(asked.action, asked.row)}
        onCancel={() => setAsked(null)}
      />
    );
  return { start, busy, dialog };
}
