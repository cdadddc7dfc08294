import MuiLink from "@mui/material/Link";
import { Link, useLocation } from "react-router";

import { PasswordInput, TextInput } from "../../shared/form/inputs.tsx";
import { emailAddress, required, type Rules } from "../../shared/form/rules.ts";
import { useForm } from "../../shared/form/useForm.ts";
import { features } from "../index.ts";
import { type LoginInput, useLoginMutation } from "./api.ts";
import { AuthLayout } from "./AuthLayout.tsx";
import { SignInForm } from "./SignInForm.tsx";

const rules: Rules<LoginInput> = {
  email: [required("Enter your e-mail address."), emailAddress()],
  password: [required("Enter your password.")],
};

export default function LoginPage() {
  const location = useLocation();
  const below = features.flatMap((feature) => feature.slots?.signIn ?? []);
  const form = useForm<LoginInput>({ email: "", password: "" }, rules);
  const [login] = useLoginMutation();
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
      <SignInForm form={form} send={(values) => login(values).unwrap()} submitLabel="Sign in">
        <TextInput form={form} name="email" label="E-mail" type="email" autoComplete="username" required />
        <PasswordInput
          form={form}
          name="password"
          label="Password"
          autoComplete="current-password"
          required
        />
        {below.map((Line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes, so the index is a good key
          <Line key={index} />
        ))}
      </SignInForm>
    </AuthLayout>
  );
}
