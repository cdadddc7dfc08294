import Alert from "@mui/material/Alert";

/** Says what was refused, if anything was. */
export function Refusal({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <Alert severity="error" role="alert">
      {message}
    </Alert>
  );
}
