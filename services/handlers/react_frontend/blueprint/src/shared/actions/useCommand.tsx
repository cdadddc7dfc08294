import { type ReactNode, useState } from "react";

import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { toasts } from "../ui/toasts.ts";
import type { CommandAction, DialogAction } from "./rowActions.ts";

type Act<R> = CommandAction<R> | DialogAction<R>;

interface Command<R> {
  start: (action: Act<R>, row: R) => void;
  busy: boolean;
  /** The question that is open, to be rendered by the caller. */
  dialog: ReactNode;
}

/** Runs commands on rows: asks first where that is due, tells the outcome, offers the way back. */
export function useCommand<R>(onDone?: (action: Act<R>) => void): Command<R> {
  const [asked, setAsked] = useState<{ action: Act<R>; row: R } | null>(null);
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

  const start = (action: Act<R>, row: R) => {
    if ("run" in action && action.confirm === undefined) void run(action, row);
    else setAsked({ action, row });
  };

  const cancel = () => setAsked(null);

  const question = (action: Act<R>, row: R): ReactNode => {
    if ("dialog" in action) {
      const done = () => {
        toasts.succeeded(action.done(row));
        setAsked(null);
        onDone?.(action);
      };
      return <action.dialog row={row} onDone={done} onCancel={cancel} />;
    }
    const asks = action.confirm?.(row);
    return asks === undefined ? null : (
      <ConfirmDialog
        open
        title={asks.title}
        body={asks.body}
        confirmLabel={action.label}
        destructive={action.destructive ?? false}
        busy={busy}
        onConfirm={() => void run(action, row)}
        onCancel={cancel}
      />
    );
  };

  return { start, busy, dialog: asked === null ? null : question(asked.action, asked.row) };
}
