import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import { Link, Navigate, useLocation } from "react-router";

import { PasswordInput, TextInput } from "../../shared/form/inputs.tsx";
import { emailAddress, length, required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Correlation } from "../../shared/ui/Correlation.tsx";
import { type RegisterInput, useRegisterMutation } from "./api.ts";
import { AuthLayout } from "./AuthLayout.tsx";
import { destinationOf, useSignIn } from "./useSignIn.ts";

const rules: Rules<RegisterInput> = {
  name: [required("Enter your name."), length(1, 120)],
  email: [required("Enter your e-mail address."), emailAddress()],
  // The server knows how long a password must be, and says so.
  password: [required("Choose a password.")],
};

export default function RegisterPage() {
  const visitor = useVisitor();
  const location = useLocation();
  const form = useForm<RegisterInput>({ name: "", email: "", password: "" }, rules);
  const [register] = useRegisterMutation();
  const { submit, failure, busy } = useSignIn(form, (values) => register(values).unwrap());

  if (visitor.signedIn && !busy) return <Navigate to={destinationOf(location)} replace />;
  return (
    <AuthLayout
      title="Create an account"
      subtitle="It takes a minute."
      footer={
        <>
          Already registered?{" "}
          <MuiLink component={Link} to="/login" state={location.state as unknown}>
            Sign in
          </MuiLink>
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack sx={{ gap: 2.25 }}>
          {failure !== null && (
            <Alert severity="error" role="alert">
              {failure.message}
              {failure.status >= 500 && <Correlation id={failure.correlation} />}
            </Alert>
          )}
          <TextInput form={form} name="name" label="Name" autoComplete="name" required maxLength={120} />
          <TextInput form={form} name="email" label="E-mail" type="email" autoComplete="username" required />
          <PasswordInput
            form={form}
            name="password"
            label="Password"
            autoComplete="new-password"
            hint="At least 12 characters. A short sentence is easy to remember."
            required
          />
          <Button type="submit" variant="contained" size="large" loading={busy}>
            Create account
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}
