import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { Link, useLocation } from "react-router";

import { toApiError } from "../../shared/api/errors.ts";
import { useSession, useVisitor } from "../../shared/session/useVisitor.ts";
import { destinationOf } from "../authentication/useSignIn.ts";
import { useResendVerificationMutation } from "./api.ts";

/** Tells whom the link was sent to, and sends another one. */
export function ResendLink() {
  const visitor = useVisitor();
  const session = useSession();
  const location = useLocation();
  const [resend, { isLoading, isSuccess, error }] = useResendVerificationMutation();
  if (!visitor.signedIn) {
    return (
      <Stack sx={{ gap: 2.25 }}>
        <Typography variant="body2">
          Follow the link in the mail that we sent you. To get another one, sign in first.
        </Typography>
        <Button
          component={Link}
          to="/login"
          state={{ from: location.pathname }}
          variant="contained"
          size="large"
        >
          Sign in
        </Button>
      </Stack>
    );
  }
  return (
    <Stack sx={{ gap: 2.25 }}>
      <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>
        We sent a link to {session.email === "" ? "your address" : session.email}. Follow it, then come back
        here. If nothing has arrived, look into the folder for spam, or have it sent again.
      </Typography>
      {isSuccess && (
        <Alert severity="success" role="status">
          Another link is on its way.
        </Alert>
      )}
      {error !== undefined && (
        <Alert severity="error" role="alert">
          {toApiError(error).message}
        </Alert>
      )}
      <Button component={Link} to={destinationOf(location)} variant="contained" size="large">
        I have confirmed it
      </Button>
      <Button variant="outlined" size="large" loading={isLoading} onClick={() => void resend()}>
        Send the link again
      </Button>
    </Stack>
  );
}
