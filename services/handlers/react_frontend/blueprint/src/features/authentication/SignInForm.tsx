import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import type { Form } from "../../shared/form/useForm.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { AuthForm } from "./AuthForm.tsx";
import { destinationOf, useSignIn } from "./useSignIn.ts";

interface SignInFormProps<D extends object> {
  form: Form<D>;
  /** Sends what was entered; the answer opens a session. */
  send: (values: D) => Promise<{ tokens: unknown }>;
  submitLabel: string;
  /** The inputs. */
  children: ReactNode;
}

/** A form that opens a session: sends, tells what was refused, and leads to where the visitor wanted to go. */
export function SignInForm<D extends object>({ form, send, submitLabel, children }: SignInFormProps<D>) {
  const visitor = useVisitor();
  const location = useLocation();
  const { submit, failure, busy } = useSignIn(form, send);

  if (visitor.signedIn && !busy) return <Navigate to={destinationOf(location)} replace />;
  return (
    <AuthForm
      onSubmit={(event) => void submit(event)}
      failure={failure}
      busy={busy}
      submitLabel={submitLabel}
    >
      {children}
    </AuthForm>
  );
}
