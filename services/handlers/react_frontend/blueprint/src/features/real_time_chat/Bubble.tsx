import Box from "@mui/material/Box";
import type { ReactNode } from "react";

/** What surrounds the text of a message: filled for one's own, grey where there is no text of its own. */
export function Bubble({ own, muted, children }: { own: boolean; muted: boolean; children: ReactNode }) {
  const filled = own && !muted;
  return (
    <Box
      sx={{
        minWidth: 0,
        px: 1.5,
        py: 0.875,
        borderRadius: "14px",
        fontSize: "0.9375rem",
        lineHeight: 1.45,
        bgcolor: filled ? "primary.main" : "action.hover",
        color: filled ? "primary.contrastText" : muted ? "text.secondary" : "text.primary",
      }}
    >
      {children}
    </Box>
  );
}
