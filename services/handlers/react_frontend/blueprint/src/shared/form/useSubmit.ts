import { type SubmitEvent, useState } from "react";

import { toApiError } from "../api/errors.ts";
import type { Form } from "./useForm.ts";

interface Submit {
  busy: boolean;
  /** What the server refused and no field can tell. */
  failure: string | null;
  submit: (event: SubmitEvent) => void;
}

/** Sends what a form holds, once nothing is wrong with it; what the server refuses is told at its field. */
export function useSubmit<D>(
  form: Form<D>,
  send: (values: D) => Promise<unknown>,
  onDone: (() => void) | undefined,
): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const run = async () => {
    setFailure(null);
    if (!form.check()) return;
    setBusy(true);
    try {
      await send(form.values);
      onDone?.();
    } catch (thrown) {
      const { fields, message } = toApiError(thrown);
      const homeless = form.refuse(fields);
      if (fields.length === 0 || homeless.length > 0) setFailure(homeless[0]?.message ?? message);
      setBusy(false);
    }
  };

  return {
    busy,
    failure,
    submit: (event) => {
      event.preventDefault();
      void run();
    },
  };
}
