import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useEffect, useSyncExternalStore } from "react";

import { type Toast, toasts } from "./toasts.ts";

/** What has just happened, newest last. Errors stay until they are dismissed. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <Stack
      sx={{
        position: "fixed",
        bottom: { xs: 12, sm: 24 },
        left: "50%",
        transform: "translateX(-50%)",
        zIndex: "snackbar",
        width: "min(520px, calc(100vw - 24px))",
        gap: 1,
      }}
    >
      {shown.map((toast) => (
        <ToastAlert key={toast.id} toast={toast} />
      ))}
    </Stack>
  );
}

function ToastAlert({ toast }: { toast: Toast }) {
  const { id, tone, message, correlation, undo } = toast;
  useEffect(() => {
    if (tone === "error") return undefined;
    const timer = setTimeout(() => toasts.dismiss(id), undo === undefined ? 4000 : 8000);
    return () => clearTimeout(timer);
  }, [id, tone, undo]);

  return (
    <Alert
      severity={tone}
      variant="filled"
      role={tone === "error" ? "alert" : "status"}
      onClose={() => toasts.dismiss(id)}
      {...(undo === undefined ? {} : { action: <UndoButton id={id} undo={undo} /> })}
      sx={{ boxShadow: 6, alignItems: "center", overflowWrap: "anywhere" }}
    >
      {message}
      {correlation !== undefined && (
        <Typography variant="caption" component="div">
          Reference {correlation}
        </Typography>
      )}
    </Alert>
  );
}

function UndoButton({ id, undo }: { id: number; undo: () => Promise<unknown> }) {
  const run = () => {
    toasts.dismiss(id);
    undo().catch(toasts.failed);
  };
  return (
    <Button color="inherit" size="small" onClick={run}>
      Undo
    </Button>
  );
}
