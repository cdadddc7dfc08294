import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

import { Icon, type IconName } from "./icons.tsx";

interface EmptyStateProps {
  icon?: IconName;
  title: string;
  body?: string | undefined;
  /** The next step a person can take from here. */
  action?: ReactNode;
}

export function EmptyState({ icon = "inbox", title, body, action }: EmptyStateProps) {
  return (
    <Stack sx={{ alignItems: "center", textAlign: "center", px: 3, py: 7, gap: 1 }}>
      <Box
        sx={{
          width: 52,
          height: 52,
          borderRadius: 3,
          display: "grid",
          placeItems: "center",
          mb: 1,
          color: "text.secondary",
          bgcolor: "action.hover",
        }}
      >
        <Icon name={icon} />
      </Box>
      <Typography variant="h2">{title}</Typography>
      {body !== undefined && (
        <Typography variant="body2" sx={{ color: "text.secondary", maxWidth: 420 }}>
          {body}
        </Typography>
      )}
      {action !== undefined && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Stack>
  );
}
