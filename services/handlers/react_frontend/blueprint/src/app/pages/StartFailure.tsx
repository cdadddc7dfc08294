import Box from "@mui/material/Box";
import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";

import { toApiError } from "../../shared/api/errors.ts";
import { APP_NAME } from "../../shared/appName.ts";
import { Countdown } from "../../shared/ui/Countdown.tsx";
import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { theme } from "../theme.ts";

interface StartFailureProps {
  error: unknown;
  onRetry: () => void;
}

/** Stands in for the application while it cannot be learnt who asks, because they asked too often. */
export function StartFailure({ error, onRetry }: StartFailureProps) {
  const { retryAfter = 5 } = toApiError(error);
  return (
    <ThemeProvider theme={theme} defaultMode="system">
      <CssBaseline enableColorScheme />
      <Box component="main" sx={{ py: 6 }} role="alert">
        <title>{`Too many requests · ${APP_NAME}`}</title>
        <EmptyState
          icon="clock"
          title="Too many requests"
          body="You asked more often than is allowed just now."
          action={<Countdown seconds={retryAfter} onOver={onRetry} />}
        />
      </Box>
    </ThemeProvider>
  );
}
