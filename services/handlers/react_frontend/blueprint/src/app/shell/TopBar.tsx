import AppBar from "@mui/material/AppBar";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Toolbar from "@mui/material/Toolbar";
import Typography from "@mui/material/Typography";
import { Link, useLocation } from "react-router";

import { APP_NAME } from "../../shared/appName.ts";
import type { Feature } from "../../shared/feature.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Brand } from "../../shared/ui/Brand.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { SlotControls } from "./SlotControls.tsx";
import { ColorModeButton } from "./ColorModeButton.tsx";

interface TopBarProps {
  features: Feature[];
  signInPath: string | undefined;
  onMenu: () => void;
}

export function TopBar({ features, signInPath, onMenu }: TopBarProps) {
  const visitor = useVisitor();
  const location = useLocation();
  return (
    <AppBar
      position="fixed"
      color="inherit"
      elevation={0}
      sx={{
        zIndex: (theme) => theme.zIndex.drawer + 1,
        borderBottom: 1,
        borderColor: "divider",
        bgcolor: "background.paper",
      }}
    >
      <Toolbar sx={{ gap: 1, minHeight: { xs: 56, md: 60 } }}>
        <IconButton
          edge="start"
          onClick={onMenu}
          aria-label="Open the navigation"
          sx={{ display: { md: "none" } }}
        >
          <Icon name="menu" />
        </IconButton>
        <Box
          component={Link}
          to="/"
          sx={{
            display: "flex",
            alignItems: "center",
            gap: 1.25,
            minWidth: 0,
            color: "inherit",
            textDecoration: "none",
          }}
        >
          <Brand />
          <Typography component="span" noWrap sx={{ fontWeight: 650, letterSpacing: "-0.01em" }}>
            {APP_NAME}
          </Typography>
        </Box>
        <Box sx={{ flex: 1 }} />
        <SlotControls features={features} slot="header" />
        <ColorModeButton />
        {visitor.signedIn && <AccountMenu features={features} />}
        {!visitor.signedIn && signInPath !== undefined && (
          <Button
            component={Link}
            to={signInPath}
            state={{ from: location.pathname + location.search }}
            variant="contained"
            sx={{ flexShrink: 0 }}
          >
            Sign in
          </Button>
        )}
      </Toolbar>
    </AppBar>
  );
}
