import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import { Link, Navigate, useLocation } from "react-router";

import { PasswordInput, TextInput } from "../../shared/form/inputs.tsx";
import { emailAddress, required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Correlation } from "../../shared/ui/Correlation.tsx";
import { type LoginInput, useLoginMutation } from "./api.ts";
import { AuthLayout } from "./AuthLayout.tsx";
import { destinationOf, useSignIn } from "./useSignIn.ts";

const rules: Rules<LoginInput> = {
  email: [required("Enter your e-mail address."), emailAddress()],
  password: [required("Enter your password.")],
};

export default function LoginPage() {
  const visitor = useVisitor();
  const location = useLocation();
  const form = useForm<LoginInput>({ email: "", password: "" }, rules);
  const [login] = useLoginMutation();
  const { submit, failure, busy } = useSignIn(form, (values) => login(values).unwrap());

  if (visitor.signedIn && !busy) return <Navigate to={destinationOf(location)} replace />;
  return (
    <AuthLayout
      title="Sign in"
      subtitle="Welcome back. Enter your e-mail address and password."
      footer={
        <>
          No account yet?{" "}
          <MuiLink component={Link} to="/register" state={location.state as unknown}>
            Create one
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
          <TextInput form={form} name="email" label="E-mail" type="email" autoComplete="username" required />
          <PasswordInput
            form={form}
            name="password"
            label="Password"
            autoComplete="current-password"
            required
          />
          <Button type="submit" variant="contained" size="large" loading={busy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </AuthLayout>
  );
}
