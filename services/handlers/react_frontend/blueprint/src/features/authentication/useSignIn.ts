import { useStore } from "react-redux";
import { type Location, useLocation, useNavigate } from "react-router";

import type { Form } from "../../shared/form/useForm.ts";
import { openSession } from "./session.ts";
import { useAuthForm } from "./useAuthForm.ts";

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
  return useAuthForm(form, async (values) => {
    const { tokens } = await send(values);
    await openSession(store, tokens);
    await navigate(destinationOf(location), { replace: true });
  });
}
