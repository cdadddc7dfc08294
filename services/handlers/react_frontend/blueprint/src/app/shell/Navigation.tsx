import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { Link, useLocation } from "react-router";

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
  const current = currentPath(useLocation().pathname, shown);
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
                    component={Link}
                    to={entry.path}
                    aria-current={entry.path === current ? "page" : undefined}
                    onClick={onNavigate}
                    sx={{
                      borderRadius: 2,
                      px: 1.5,
                      py: 0.75,
                      mb: 0.25,
                      color: "text.secondary",
                      "&[aria-current]": {
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

/** The entry whose address fits best: `/roles/permissions` is not a page of `/roles`. */
function currentPath(pathname: string, entries: MenuEntry[]): string | undefined {
  return entries
    .map((entry) => entry.path)
    .filter((path) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)))
    .toSorted((one, other) => other.length - one.length)[0];
}
