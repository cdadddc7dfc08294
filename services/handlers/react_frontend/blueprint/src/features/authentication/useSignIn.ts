import { type SubmitEvent, useState } from "react";
import { useStore } from "react-redux";
import { type Location, useLocation, useNavigate } from "react-router";

import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import type { Form } from "../../shared/form/useForm.ts";
import { openSession } from "./session.ts";

/** Where the visitor wanted to go; only pages of this application count. */
export function destinationOf(location: Pick<Location, "state">): string {
  const state: unknown = location.state;
  if (typeof state !== "object" || state === null || !("from" in state)) return "/";
  const { from } = state;
  return typeof from === "string" && /^\/(?![/\\])/u.test(from) ? from : "/";
}

/** Sends a form that opens a session, then returns the visitor to where they wanted to go. */
export function useSignIn<D extends object>(
  form: Form<D>,
  send: (values: D) => Promise<{ tokens: unknown }>,
) {
  const store = useStore();
  const navigate = useNavigate();
  const location = useLocation();
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
      const { tokens } = await send(form.values);
      await openSession(store, tokens);
      await navigate(destinationOf(location), { replace: true });
    } catch (thrown) {
      const refused = toApiError(thrown);
      const homeless = form.refuse(refused.fields);
      if (refused.fields.length === 0 || homeless.length > 0) setFailure(refused);
      setBusy(false);
    }
  };

  return { submit, failure, busy };
}
