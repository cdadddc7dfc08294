import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useStore } from "react-redux";
import { Link } from "react-router";

import { PasswordInput } from "../../shared/form/inputs.tsx";
import { required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { AuthForm } from "../authentication/AuthForm.tsx";
import { AuthLayout } from "../authentication/AuthLayout.tsx";
import { closeSession } from "../authentication/session.ts";
import { useAuthForm } from "../authentication/useAuthForm.ts";
import { useLinkToken } from "../authentication/useLinkToken.ts";
import { useConfirmPasswordResetMutation } from "./password-reset/api.ts";

interface Draft {
  password: string;
}

// The server knows how long a password must be, and says so.
const rules: Rules<Draft> = { password: [required("Choose a password.")] };

/** Where the link in the mail leads: a new password, once. */
export default function ResetPasswordPage() {
  const store = useStore();
  const token = useLinkToken();
  const form = useForm<Draft>({ password: "" }, rules);
  const [confirm] = useConfirmPasswordResetMutation();
  const [changed, setChanged] = useState(false);
  const { submit, failure, busy } = useAuthForm(form, async ({ password }) => {
    await confirm({ token: token ?? "", password }).unwrap();
    // Every session has ended, so the one of this browser has, too.
    closeSession(store);
    setChanged(true);
  });
  const useless = token === null || failure?.status === 404;
  return (
    <AuthLayout
      title="Choose a new password"
      subtitle="With it every session ends, on all your devices."
      footer={
        <MuiLink component={Link} to="/login">
          Back to sign in
        </MuiLink>
      }
    >
      {changed && (
        <Stack sx={{ gap: 2.25 }}>
          <Alert severity="success" role="status">
            Your password was changed. Sign in with the new one.
          </Alert>
          <Button component={Link} to="/login" variant="contained" size="large">
            Sign in
          </Button>
        </Stack>
      )}
      {!changed && useless && (
        <Stack sx={{ gap: 2.25 }}>
          <Alert severity="warning" role="alert">
            This link is not good any more: it was used already, it is older than an hour, or a part of it is
            missing.
          </Alert>
          <Button component={Link} to="/forgot-password" variant="contained" size="large">
            Send a new link
          </Button>
        </Stack>
      )}
      {!changed && !useless && (
        <AuthForm
          onSubmit={(event) => void submit(event)}
          failure={failure}
          busy={busy}
          submitLabel="Change the password"
        >
          <PasswordInput
            form={form}
            name="password"
            label="New password"
            autoComplete="new-password"
            hint="At least 12 characters. A short sentence is easy to remember."
            required
          />
        </AuthForm>
      )}
    </AuthLayout>
  );
}
