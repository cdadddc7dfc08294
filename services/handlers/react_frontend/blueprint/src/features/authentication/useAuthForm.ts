import { type SubmitEvent, useState } from "react";

import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import type { Form } from "../../shared/form/useForm.ts";

/** Checks a form and sends it; what the server refuses is told at its input, or above all of them. */
export function useAuthForm<D extends object>(form: Form<D>, send: (values: D) => Promise<unknown>) {
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    setFailure(null);
    if (!form.check()) {
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      await send(form.values);
    } catch (thrown) {
      const refused = toApiError(thrown);
      const homeless = form.refuse(refused.fields);
      if (refused.fields.length === 0 || homeless.length > 0) setFailure(refused);
      setBusy(false);
    }
  };

  return { submit, failure, busy };
}
