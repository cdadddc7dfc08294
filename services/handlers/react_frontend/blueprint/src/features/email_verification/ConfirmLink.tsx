import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import CircularProgress from "@mui/material/CircularProgress";
import Stack from "@mui/material/Stack";
import { useEffect, useRef, useState } from "react";
import { useDispatch } from "react-redux";
import { Link, useLocation } from "react-router";

import { api } from "../../shared/api/api.ts";
import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { destinationOf } from "../authentication/useSignIn.ts";
import { useConfirmEmailVerificationMutation } from "./email-verification/api.ts";
import { ResendLink } from "./ResendLink.tsx";

/** Sends the token of a link, once. */
export function ConfirmLink({ token }: { token: string }) {
  const dispatch = useDispatch();
  const visitor = useVisitor();
  const location = useLocation();
  const [confirm] = useConfirmEmailVerificationMutation();
  const sent = useRef(false);
  const [outcome, setOutcome] = useState<ApiError | "confirmed" | null>(null);

  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    confirm({ token })
      .unwrap()
      .then(
        () => {
          // What was refused until now is open, so nothing that was kept holds any more.
          dispatch(api.util.resetApiState());
          setOutcome("confirmed");
        },
        (failure: unknown) => setOutcome(toApiError(failure)),
      );
  }, [confirm, dispatch, token]);

  if (outcome === "confirmed") {
    return (
      <Stack sx={{ gap: 2.25 }}>
        <Alert severity="success" role="status">
          Thank you. Your e-mail address is confirmed.
        </Alert>
        <Button
          component={Link}
          to={visitor.signedIn ? destinationOf(location) : "/login"}
          variant="contained"
          size="large"
        >
          {visitor.signedIn ? "Continue" : "Sign in"}
        </Button>
      </Stack>
    );
  }
  if (outcome !== null) {
    return (
      <Stack sx={{ gap: 2.25 }}>
        <Alert severity="warning" role="alert">
          {outcome.status === 404
            ? "This link is not good any more: it was used already, or it is older than two days."
            : outcome.message}
        </Alert>
        <ResendLink />
      </Stack>
    );
  }
  return (
    <Stack sx={{ alignItems: "center", py: 2 }}>
      <CircularProgress aria-label="Confirming your e-mail address" />
    </Stack>
  );
}
