import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { NavLink } from "react-router";

import type { MenuEntry } from "../../shared/feature.ts";
import { anyone } from "../../shared/session/session.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Icon } from "../../shared/ui/icons.tsx";

const home: MenuEntry = { section: "main", label: "Home", path: "/", icon: "home", access: anyone };

const sections = [
  { key: "main", label: "Workspace" },
  { key: "account", label: "Account" },
  { key: "admin", label: "Administration" },
] as const;

interface NavigationProps {
  entries: MenuEntry[];
  onNavigate: () => void;
}

/** What the visitor may go to, in three groups. */
export function Navigation({ entries, onNavigate }: NavigationProps) {
  const visitor = useVisitor();
  const idPrefix = useId();
  const shown = [home, ...entries].filter((entry) => entry.access(visitor));
  return (
    <Box component="nav" aria-label="Main" sx={{ px: 1.5, py: 2, overflow: "auto" }}>
      {sections.map((section) => {
        const own = shown.filter((entry) => entry.section === section.key);
        if (own.length === 0) return null;
        const headingId = `${idPrefix}-${section.key}`;
        return (
          <Box key={section.key} sx={{ mb: 2 }}>
            <Typography
              id={headingId}
              variant="overline"
              component="h2"
              sx={{ px: 1.5, m: 0, color: "text.secondary" }}
            >
              {section.label}
            </Typography>
            <List aria-labelledby={headingId} disablePadding>
              {own.map((entry) => (
                <ListItem key={entry.path} disablePadding>
                  <ListItemButton
                    component={NavLink}
                    to={entry.path}
                    end={entry.path === "/"}
                    onClick={onNavigate}
                    sx={{
                      borderRadius: 2,
                      px: 1.5,
                      py: 0.75,
                      mb: 0.25,
                      color: "text.secondary",
                      "&.active": {
                        color: "primary.main",
                        bgcolor: "color-mix(in srgb, var(--mui-palette-primary-main) 11%, transparent)",
                        fontWeight: 600,
                      },
                    }}
                  >
                    <ListItemIcon sx={{ minWidth: 34, color: "inherit" }}>
                      <Icon name={entry.icon} sx={{ fontSize: 20 }} />
                    </ListItemIcon>
                    <ListItemText
                      primary={entry.label}
                      slotProps={{
                        primary: {
                          variant: "body2",
                          sx: { fontWeight: "inherit", overflowWrap: "anywhere" },
                        },
                      }}
                    />
                  </ListItemButton>
                </ListItem>
              ))}
            </List>
          </Box>
        );
      })}
    </Box>
  );
}
