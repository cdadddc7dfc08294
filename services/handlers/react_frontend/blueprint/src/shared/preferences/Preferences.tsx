import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

import { Page } from "../ui/Page.tsx";

/** A page of switches that are kept as soon as they are moved. */
export function Preferences({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page title={title} subtitle="Changes are kept at once." width="narrow">
      <Card>{children}</Card>
    </Page>
  );
}

interface PreferenceProps {
  /** What the switches are about. */
  label: string;
  hint?: string;
  children: ReactNode;
}

/** One line of the page: a subject, and its switches. */
export function Preference({ label, hint, children }: PreferenceProps) {
  return (
    <Box
      role="group"
      aria-label={label}
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        justifyContent: "space-between",
        columnGap: 3,
        rowGap: 0.5,
        px: { xs: 2, sm: 3 },
        py: 1.5,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ minWidth: 0, flex: "1 1 220px" }}>
        <Typography variant="h3" component="h2">
          {label}
        </Typography>
        {hint !== undefined && (
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {hint}
          </Typography>
        )}
      </Box>
      <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 2 }}>{children}</Box>
    </Box>
  );
}
