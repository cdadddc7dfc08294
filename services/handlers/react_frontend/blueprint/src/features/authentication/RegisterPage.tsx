import MuiLink from "@mui/material/Link";
import { Link, useLocation } from "react-router";

import { PasswordInput, TextInput } from "../../shared/form/inputs.tsx";
import { emailAddress, length, required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { type RegisterInput, useRegisterMutation } from "./api.ts";
import { AuthLayout } from "./AuthLayout.tsx";
import { SignInForm } from "./SignInForm.tsx";

const rules: Rules<RegisterInput> = {
  name: [required("Enter your name."), length(1, 120)],
  email: [required("Enter your e-mail address."), emailAddress()],
  // The server knows how long a password must be, and says so.
  password: [required("Choose a password.")],
};

export default function RegisterPage() {
  const location = useLocation();
  const form = useForm<RegisterInput>({ name: "", email: "", password: "" }, rules);
  const [register] = useRegisterMutation();
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
      <SignInForm form={form} send={(values) => register(values).unwrap()} submitLabel="Create account">
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
      </SignInForm>
    </AuthLayout>
  );
}
