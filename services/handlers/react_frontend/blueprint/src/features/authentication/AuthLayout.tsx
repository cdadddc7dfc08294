import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

import { APP_NAME } from "../../shared/appName.ts";
import { Brand } from "../../shared/ui/Brand.tsx";

interface AuthLayoutProps {
  title: string;
  subtitle: string;
  footer: ReactNode;
  children: ReactNode;
}

/** The frame of the pages that need no session. */
export function AuthLayout({ title, subtitle, footer, children }: AuthLayoutProps) {
  return (
    <Box component="main" sx={{ minHeight: "100dvh", display: "grid", placeItems: "center", px: 2, py: 5 }}>
      <title>{`${title} · ${APP_NAME}`}</title>
      <Box sx={{ width: "100%", maxWidth: 420 }}>
        <Stack direction="row" sx={{ gap: 1.25, alignItems: "center", justifyContent: "center", mb: 3 }}>
          <Brand size={34} />
          <Typography
            component="span"
            sx={{ fontWeight: 650, fontSize: "1.125rem", overflowWrap: "anywhere" }}
          >
            {APP_NAME}
          </Typography>
        </Stack>
        <Card sx={{ p: { xs: 2.5, sm: 4 } }}>
          <Typography variant="h1" sx={{ mb: 0.5 }}>
            {title}
          </Typography>
          <Typography variant="body2" sx={{ color: "text.secondary", mb: 3 }}>
            {subtitle}
          </Typography>
          {children}
        </Card>
        <Typography variant="body2" sx={{ textAlign: "center", mt: 2.5, color: "text.secondary" }}>
          {footer}
        </Typography>
      </Box>
    </Box>
  );
}
