import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import type { ReactNode, SubmitEvent } from "react";

import type { ApiError } from "../../shared/api/errors.ts";
import { Correlation } from "../../shared/ui/Correlation.tsx";

interface AuthFormProps {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  /** What the server refused, where it belongs to no input. */
  failure: ApiError | null;
  busy: boolean;
  submitLabel: string;
  /** The inputs. */
  children: ReactNode;
}

/** The form of a page without a session: what went wrong, inputs, one button. */
export function AuthForm({ onSubmit, failure, busy, submitLabel, children }: AuthFormProps) {
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack sx={{ gap: 2.25 }}>
        {failure !== null && (
          <Alert severity="error" role="alert">
            {failure.message}
            {failure.status >= 500 && <Correlation id={failure.correlation} />}
          </Alert>
        )}
        {children}
        <Button type="submit" variant="contained" size="large" loading={busy}>
          {submitLabel}
        </Button>
      </Stack>
    </form>
  );
}
