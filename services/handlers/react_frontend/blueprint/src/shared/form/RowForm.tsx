import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

import { type ApiError, toApiError } from "../api/errors.ts";
import type { PerhapsVersionedRow, UpdateArguments } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";
import { Correlation } from "../ui/Correlation.tsx";
import { toasts } from "../ui/toasts.ts";
import type { Rules } from "./rules.ts";
import { changesOf, type Form, useForm, withoutBlanks } from "./useForm.ts";
import { useLeaveGuard } from "./useLeaveGuard.tsx";

export interface RowFormProps<R extends PerhapsVersionedRow, D extends object, I extends object> {
  /** The row to change; absent for a new one. */
  row?: R | undefined;
  reload?: Loaded<R>["refetch"] | undefined;
  /** What the inputs show for a row, or for none. */
  toDraft: (row: R | undefined) => D;
  /** What travels to the server. */
  toInput: (draft: D) => I;
  rules: Rules<D>;
  /** Members whose default is left to the server: not everybody may send it. */
  withheld?: readonly (keyof I)[];
  /** Absent where rows are made elsewhere. */
  create?: (input: I) => Promise<R>;
  /** Absent where rows never change. */
  update?: (change: UpdateArguments<I>) => Promise<R>;
  submitLabel: string;
  /** Said after saving. */
  saved: (row: R) => string;
  /** Where to go after saving, or when it is given up. Absent for what is always there: its form stays. */
  next?: (row: R | undefined) => string;
  children: (form: Form<D>) => ReactNode;
}

export function RowForm<R extends PerhapsVersionedRow, D extends object, I extends object>(
  props: RowFormProps<R, D, I>,
) {
  const { row, reload, toDraft, toInput, rules, withheld, create, update, submitLabel } = props;
  const { saved, next, children } = props;
  const form = useForm(toDraft(row), rules);
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  // The row as it was when editing began: what is compared with, and whose version is sent.
  const [base, setBase] = useState(row);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [attempts, setAttempts] = useState(0);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const guard = useLeaveGuard(form.dirty && done === null);

  // Leaving waits for the render in which the guard is off.
  useEffect(() => {
    if (done !== null) void navigate(done);
  }, [done, navigate]);

  // After a refused attempt the first wrong field is where the person goes on.
  useEffect(() => {
    if (attempts > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  const store = async (input: I): Promise<R | undefined> => {
    if (base === undefined) return create?.(withoutBlanks(input, toInput(toDraft(undefined)), withheld));
    const changes = changesOf(toInput(toDraft(base)), input);
    return update?.({ id: base.id, version: base.row_version, changes });
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!form.check()) {
      setAttempts((count) => count + 1);
      return;
    }
    setBusy(true);
    try {
      // No row comes back to somebody who may not see it any more, as after handing it over.
      const stored = (await store(toInput(form.values))) || undefined;
      toasts.succeeded(stored === undefined ? "It was saved." : saved(stored));
      if (next !== undefined) setDone(next(stored));
      else {
        setBase(stored);
        form.restart(toDraft(stored));
      }
    } catch (thrown) {
      const refused = toApiError(thrown);
      const homeless = form.refuse(refused.fields);
      const explained = refused.fields.length > 0 && homeless.length === 0;
      setFailure(
        explained
          ? { ...refused, message: "Some entries need your attention.", fields: [] }
          : { ...refused, fields: homeless },
      );
      setAttempts((count) => count + 1);
    } finally {
      setBusy(false);
    }
  };

  const takeTheirs = async () => {
    setFailure(null);
    await reload?.();
    if (next !== undefined) setDone(next(row));
  };

  const keepMine = async () => {
    const newest = (await reload?.())?.data ?? row;
    setBase(newest);
    form.rebase(toDraft(newest));
    setFailure(null);
  };

  return (
    <form ref={element} onSubmit={(event) => void submit(event)} noValidate>
      <Stack sx={{ gap: 2.5 }}>
        {failure !== null && (
          <Alert severity={failure.status === 412 ? "warning" : "error"} role="alert">
            {failure.status === 412
              ? "Somebody changed this while you were editing, so nothing was saved."
              : failure.message}
            {failure.fields.map((field) => (
              <div key={field.field}>
                {field.field}: {field.message}
              </div>
            ))}
            {failure.status === 412 && (
              <Stack direction="row" sx={{ gap: 1, mt: 1, flexWrap: "wrap" }}>
                <Button size="small" color="inherit" variant="outlined" onClick={() => void takeTheirs()}>
                  Discard my changes
                </Button>
                <Button size="small" color="inherit" onClick={() => void keepMine()}>
                  Keep mine, I will save again
                </Button>
              </Stack>
            )}
            {failure.status !== 412 && failure.status !== 422 && <Correlation id={failure.correlation} />}
          </Alert>
        )}
        {children(form)}
        <Stack direction="row" sx={{ gap: 1, justifyContent: "flex-end", pt: 0.5 }}>
          {next !== undefined && (
            <Button color="inherit" disabled={busy} onClick={() => void navigate(next(row))}>
              Cancel
            </Button>
          )}
          <Button
            type="submit"
            variant="contained"
            loading={busy}
            disabled={base !== undefined && !form.dirty}
          >
            {submitLabel}
          </Button>
        </Stack>
      </Stack>
      {guard}
    </form>
  );
}
