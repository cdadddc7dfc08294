import IconButton from "@mui/material/IconButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useColorScheme } from "@mui/material/styles";
import Tooltip from "@mui/material/Tooltip";
import { useState } from "react";

import { Icon } from "../../shared/ui/icons.tsx";

const modes = [
  { key: "light", label: "Light", icon: "sun" },
  { key: "dark", label: "Dark", icon: "moon" },
  { key: "system", label: "Like the system", icon: "monitor" },
] as const;

export function ColorModeButton() {
  const { mode = "system", setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const current = modes.find((choice) => choice.key === mode) ?? modes[2];
  return (
    <>
      <Tooltip title="Colour scheme">
        <IconButton
          aria-label={`Colour scheme: ${current.label}`}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Icon name={current.icon} sx={{ fontSize: 20 }} />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {modes.map((choice) => (
          <MenuItem
            key={choice.key}
            role="menuitemradio"
            aria-checked={choice.key === mode}
            selected={choice.key === mode}
            onClick={() => {
              setMode(choice.key);
              setAnchor(null);
            }}
          >
            <ListItemIcon>
              <Icon name={choice.icon} fontSize="small" />
            </ListItemIcon>
            {choice.label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
