import Box from "@mui/material/Box";
import type { ReactNode } from "react";

/** The lines of a level; each further one is set off to the right. */
export function Lines({ label, depth, children }: { label: string; depth: number; children: ReactNode }) {
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{
        listStyle: "none",
        m: 0,
        p: 0,
        ...(depth === 0 ? {} : { ml: { xs: 2.25, sm: 3.25 }, borderLeft: 1, borderColor: "divider" }),
      }}
    >
      {children}
    </Box>
  );
}
