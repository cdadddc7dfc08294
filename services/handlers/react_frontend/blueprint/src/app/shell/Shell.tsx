import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import LinearProgress from "@mui/material/LinearProgress";
import { useEffect, useRef, useState } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";

import type { Feature } from "../../shared/feature.ts";
import { GateKeeper } from "./GateKeeper.tsx";
import { Navigation } from "./Navigation.tsx";
import { SlotControls } from "./SlotControls.tsx";
import { TopBar } from "./TopBar.tsx";

const drawerWidth = 252;

interface ShellProps {
  features: Feature[];
  signInPath: string | undefined;
}

/** The frame around every page: bar at the top, navigation at the side (behind a button on small screens). */
export function Shell({ features, signInPath }: ShellProps) {
  const [open, setOpen] = useState(false);
  const location = useLocation();
  const navigation = useNavigation();
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(location.pathname);

  // A new page is a new place for the keyboard and for screen readers, too.
  useEffect(() => {
    if (arrived.current === location.pathname) return;
    arrived.current = location.pathname;
    main.current?.focus({ preventScroll: true });
  }, [location.pathname]);

  const entries = features.flatMap((feature) => feature.menu);
  const menu = <Navigation entries={entries} onNavigate={() => setOpen(false)} />;
  return (
    <Box sx={{ display: "flex", minHeight: "100dvh" }}>
      <SkipLink />
      <TopBar features={features} signInPath={signInPath} onMenu={() => setOpen(true)} />
      <Drawer
        variant="temporary"
        open={open}
        onClose={() => setOpen(false)}
        sx={{ display: { md: "none" } }}
        slotProps={{ paper: { "aria-label": "Navigation", sx: { width: drawerWidth, pt: 7 } } }}
      >
        {menu}
      </Drawer>
      <Drawer
        variant="permanent"
        sx={{ display: { xs: "none", md: "block" }, width: drawerWidth, flexShrink: 0 }}
        slotProps={{ paper: { sx: { width: drawerWidth, pt: 8, bgcolor: "background.default" } } }}
      >
        {menu}
      </Drawer>
      <Box
        component="main"
        id="main"
        ref={main}
        tabIndex={-1}
        sx={{
          flex: 1,
          minWidth: 0,
          px: { xs: 2, sm: 3, lg: 5 },
          pt: { xs: 10, md: 12 },
          pb: 8,
          outline: "none",
        }}
      >
        {navigation.state === "loading" && (
          <LinearProgress
            aria-label="Loading the page"
            sx={{ position: "fixed", top: 0, left: 0, right: 0, height: 3, zIndex: "tooltip" }}
          />
        )}
        <SlotControls features={features} slot="banner" />
        <Outlet />
      </Box>
      {features
        .flatMap((feature) => feature.slots?.background ?? [])
        .map((Background, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes, so the index is a good key
          <Background key={index} />
        ))}
      <GateKeeper features={features} />
      <ScrollRestoration />
    </Box>
  );
}

function SkipLink() {
  return (
    <Box
      component="a"
      href="#main"
      sx={{
        position: "fixed",
        top: -60,
        left: 12,
        zIndex: "tooltip",
        px: 2,
        py: 1,
        borderRadius: 2,
        bgcolor: "primary.main",
        color: "primary.contrastText",
        "&:focus": { top: 12 },
      }}
    >
      Skip to the content
    </Box>
  );
}
