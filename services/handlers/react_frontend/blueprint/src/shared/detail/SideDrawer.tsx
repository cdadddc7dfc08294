import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

import { Icon } from "../ui/icons.tsx";

interface SideDrawerProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Shows one row beside the list it stands in. */
export function SideDrawer({ open, title, onClose, children }: SideDrawerProps) {
  const id = useId();
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      // Above the bar at the top, which lies above the navigation.
      sx={{ zIndex: "modal" }}
      slotProps={{ paper: { role: "dialog", "aria-labelledby": id, sx: { width: { xs: "100%", sm: 560 } } } }}
    >
      <Stack
        direction="row"
        sx={{
          px: 2.5,
          py: 1.5,
          alignItems: "center",
          justifyContent: "space-between",
          borderBottom: 1,
          borderColor: "divider",
        }}
      >
        <Typography id={id} variant="h2" sx={{ overflowWrap: "anywhere" }}>
          {title}
        </Typography>
        <IconButton onClick={onClose} aria-label="Close" edge="end">
          <Icon name="close" />
        </IconButton>
      </Stack>
      <Box sx={{ p: 2, overflow: "auto", display: "flex", flexDirection: "column", gap: 2 }}>{children}</Box>
    </Drawer>
  );
}
