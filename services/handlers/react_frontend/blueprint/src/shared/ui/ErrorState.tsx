import Button from "@mui/material/Button";
import { Link, useLocation } from "react-router";

import { toApiError } from "../api/errors.ts";
import { EmptyState } from "./EmptyState.tsx";
import { Countdown } from "./Countdown.tsx";
import { Correlation } from "./Correlation.tsx";
import { Icon, type IconName } from "./icons.tsx";

interface ErrorStateProps {
  error: unknown;
  /** What it gives back, as the promise of an answer, is its caller's. */
  onRetry?: () => unknown;
}

/** What stands in for content that could not be loaded, with the step that may help. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { status, message, correlation, retryAfter } = toApiError(error);
  const location = useLocation();
  const { title, icon } = describe(status);
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        title={title}
        body={retryAfter === undefined ? message : "You asked more often than is allowed just now."}
        action={
          <>
            {status === 401 && (
              <Button
                component={Link}
                to="/login"
                state={{ from: location.pathname + location.search }}
                variant="contained"
              >
                Sign in
              </Button>
            )}
            {status === 404 && (
              <Button component={Link} to="/" variant="outlined">
                Go to the home page
              </Button>
            )}
            {retryAfter !== undefined && onRetry !== undefined && (
              <Countdown seconds={retryAfter} onOver={onRetry} />
            )}
            {status !== 401 && status !== 404 && onRetry !== undefined && (
              <Button onClick={onRetry} variant="outlined" startIcon={<Icon name="refresh" />}>
                Try again
              </Button>
            )}
            <Correlation id={correlation} />
          </>
        }
      />
    </div>
  );
}

function describe(status: number): { title: string; icon: IconName } {
  switch (status) {
    case 401:
      return { title: "Please sign in", icon: "lock" };
    case 403:
      return { title: "You have no access to this", icon: "lock" };
    case 404:
      return { title: "Not found", icon: "search" };
    case 429:
      return { title: "Too many requests", icon: "clock" };
    default:
      return { title: "This could not be loaded", icon: "warning" };
  }
}
