import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { APP_NAME } from "../appName.ts";
import { Icon } from "./icons.tsx";

interface PageProps {
  title: string;
  /** One quiet line below the title. */
  subtitle?: ReactNode;
  back?: { to: string; label: string };
  /** Buttons at the end of the title line. */
  actions?: ReactNode;
  /** Narrow pages hold forms and prose, wide ones tables. */
  width?: "narrow" | "wide";
  children: ReactNode;
}

/** The frame of every page: title in the document and on the page, way back, actions, content. */
export function Page({ title, subtitle, back, actions, width = "wide", children }: PageProps) {
  return (
    <Box sx={{ maxWidth: width === "narrow" ? 760 : 1280, mx: "auto", width: "100%" }}>
      <title>{`${title} · ${APP_NAME}`}</title>
      {back !== undefined && (
        <Button
          component={Link}
          to={back.to}
          size="small"
          color="inherit"
          startIcon={<Icon name="back" sx={{ fontSize: 18 }} />}
          sx={{ color: "text.secondary", ml: -1, mb: 0.5 }}
        >
          {back.label}
        </Button>
      )}
      <Stack
        direction={{ xs: "column", sm: "row" }}
        sx={{ alignItems: { sm: "flex-start" }, justifyContent: "space-between", gap: 1.5, mb: 2.5 }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="h1" sx={{ overflowWrap: "anywhere" }}>
            {title}
          </Typography>
          {subtitle !== undefined && (
            <Typography variant="body2" component="div" sx={{ color: "text.secondary", mt: 0.5 }}>
              {subtitle}
            </Typography>
          )}
        </Box>
        {actions !== undefined && (
          <Stack
            direction="row"
            sx={{
              gap: 1,
              flexWrap: "wrap",
              alignItems: "center",
              justifyContent: { sm: "flex-end" },
              maxWidth: { sm: "60%" },
              flexShrink: 0,
            }}
          >
            {actions}
          </Stack>
        )}
      </Stack>
      {children}
    </Box>
  );
}
