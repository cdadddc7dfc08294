import MuiLink from "@mui/material/Link";
import { Link } from "react-router";

import { useVisitor } from "../../shared/session/useVisitor.ts";
import { AuthLayout } from "../authentication/AuthLayout.tsx";
import { useLinkToken } from "../authentication/useLinkToken.ts";
import { ConfirmLink } from "./ConfirmLink.tsx";
import { ResendLink } from "./ResendLink.tsx";

/** Where the link in the mail leads; and where those wait who have not followed it yet. */
export default function VerifyEmailPage() {
  const visitor = useVisitor();
  const token = useLinkToken();
  return (
    <AuthLayout
      title="Confirm your e-mail address"
      subtitle="One step is left before you can get to work."
      footer={
        <MuiLink component={Link} to={visitor.signedIn ? "/" : "/login"}>
          {visitor.signedIn ? "Go to the home page" : "Back to sign in"}
        </MuiLink>
      }
    >
      {token === null ? <ResendLink /> : <ConfirmLink key={token} token={token} />}
    </AuthLayout>
  );
}
