import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Snackbar from "@mui/material/Snackbar";
import Typography from "@mui/material/Typography";
import { useSyncExternalStore } from "react";

import { type Toast, toasts } from "./toasts.ts";

/** Shows one message at a time, oldest first. Errors stay until they are dismissed. */
export function Toasts() {
  const toast = useSyncExternalStore(toasts.subscribe, toasts.current);
  if (toast === undefined) return null;
  return (
    <Snackbar
      key={toast.id}
      open
      anchorOrigin={{ vertical: "bottom", horizontal: "center" }}
      autoHideDuration={toast.tone === "error" ? null : toast.undo === undefined ? 4000 : 8000}
      onClose={(_event, reason) => {
        if (reason !== "clickaway") toasts.dismiss(toast.id);
      }}
    >
      <Alert
        severity={toast.tone}
        variant="filled"
        role={toast.tone === "error" ? "alert" : "status"}
        onClose={() => toasts.dismiss(toast.id)}
        {...(toast.undo === undefined ? {} : { action: <UndoButton toast={toast} /> })}
        sx={{ maxWidth: 520, boxShadow: 6, alignItems: "center" }}
      >
        {toast.message}
        {toast.correlation !== undefined && (
          <Typography variant="caption" component="div">
            Reference {toast.correlation}
          </Typography>
        )}
      </Alert>
    </Snackbar>
  );
}

function UndoButton({ toast }: { toast: Toast }) {
  const undo = () => {
    toasts.dismiss(toast.id);
    toast.undo?.().catch(toasts.failed);
  };
  return (
    <Button color="inherit" size="small" onClick={undo}>
      Undo
    </Button>
  );
}
