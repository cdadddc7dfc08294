import Alert from "@mui/material/Alert";
import MuiLink from "@mui/material/Link";
import { useState } from "react";
import { Link } from "react-router";

import { TextInput } from "../../shared/form/inputs.tsx";
import { emailAddress, required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { AuthForm } from "../authentication/AuthForm.tsx";
import { AuthLayout } from "../authentication/AuthLayout.tsx";
import { useAuthForm } from "../authentication/useAuthForm.ts";
import { type ForgotPasswordInput, useForgotPasswordMutation } from "./api.ts";

const rules: Rules<ForgotPasswordInput> = {
  email: [required("Enter your e-mail address."), emailAddress()],
};

/** Asks for a link by mail. Whether the address has an account is told to nobody but its owner. */
export default function ForgotPasswordPage() {
  const form = useForm<ForgotPasswordInput>({ email: "" }, rules);
  const [forgotPassword] = useForgotPasswordMutation();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { submit, failure, busy } = useAuthForm(form, async (values) => {
    await forgotPassword(values).unwrap();
    setSentTo(values.email);
  });
  return (
    <AuthLayout
      title="Forgot your password?"
      subtitle="Enter your e-mail address. We send you a link with which you choose a new one."
      footer={
        <MuiLink component={Link} to="/login">
          Back to sign in
        </MuiLink>
      }
    >
      {sentTo === null ? (
        <AuthForm
          onSubmit={(event) => void submit(event)}
          failure={failure}
          busy={busy}
          submitLabel="Send the link"
        >
          <TextInput form={form} name="email" label="E-mail" type="email" autoComplete="username" required />
        </AuthForm>
      ) : (
        <Alert severity="success" role="status" sx={{ overflowWrap: "anywhere" }}>
          If {sentTo} has an account, a mail with a link is on its way. The link works once, for one hour.
        </Alert>
      )}
    </AuthLayout>
  );
}
