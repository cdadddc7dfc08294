import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import { PlainList } from "../../shared/ui/PlainList.tsx";
import { formatSize } from "../../shared/files/sizes.ts";
import { type Upload, uploads } from "./uploads.ts";

/** What is on its way, what broke off and what was refused. */
export function UploadList({ items }: { items: Upload[] }) {
  if (items.length === 0) return null;
  return (
    <PlainList aria-label="Uploads" sx={{ display: "grid", gap: 1 }}>
      {items.map((upload) => (
        <li key={upload.key}>
          {upload.state === "refused" || upload.state === "done" ? (
            <Ended upload={upload} />
          ) : (
            <UnderWay upload={upload} />
          )}
        </li>
      ))}
    </PlainList>
  );
}

function Ended({ upload: { key, name, state, message } }: { upload: Upload }) {
  const done = state === "done";
  return (
    <Alert
      severity={done ? "success" : "error"}
      role={done ? "status" : "alert"}
      onClose={() => uploads.dismiss(key)}
      sx={{ overflowWrap: "anywhere" }}
    >
      <strong>{name}</strong> {done ? "is uploaded." : `was not uploaded. ${message ?? ""}`}
    </Alert>
  );
}

function UnderWay({ upload: { key, name, size, sent, state, message } }: { upload: Upload }) {
  const percent = size === 0 ? 0 : Math.floor((sent / size) * 100);
  const interrupted = state === "interrupted";
  return (
    <Box
      sx={{
        px: 2,
        py: 1.25,
        border: 1,
        borderColor: "divider",
        borderRadius: "10px",
        bgcolor: "background.paper",
      }}
    >
      <Stack direction="row" sx={{ alignItems: "center", gap: 1 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="body2" noWrap title={name} sx={{ fontWeight: 560 }}>
            {name}
          </Typography>
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
            {state === "waiting" ? "Waiting" : `${formatSize(sent)} of ${formatSize(size)}`}
          </Typography>
        </Box>
        {interrupted && (
          <Button size="small" onClick={() => uploads.resume(key)}>
            Go on
          </Button>
        )}
        <Button
          size="small"
          color="inherit"
          aria-label={`Cancel the upload of ${name}`}
          onClick={() => uploads.cancel(key)}
        >
          Cancel
        </Button>
      </Stack>
      <LinearProgress
        variant="determinate"
        value={percent}
        color={interrupted ? "warning" : "primary"}
        aria-label={`Upload of ${name}`}
        sx={{ mt: 1, height: 6, borderRadius: 3 }}
      />
      {interrupted && (
        <Typography variant="caption" role="alert" component="div" sx={{ mt: 0.75 }}>
          The upload broke off; what arrived is kept. {message}
        </Typography>
      )}
    </Box>
  );
}
