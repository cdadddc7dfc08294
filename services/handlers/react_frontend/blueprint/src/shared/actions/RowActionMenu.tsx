import IconButton from "@mui/material/IconButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";
import { Link } from "react-router";

import type { Row } from "../api/types.ts";
import { Icon } from "../ui/icons.tsx";
import { available, isDestructive, isLink, type RowAction } from "./rowActions.ts";
import { useCommand } from "./useCommand.tsx";

interface RowActionMenuProps<R extends Row> {
  row: R;
  /** What the row is called, so that each menu has a name of its own. */
  name: string;
  actions: RowAction<R>[];
}

/** The acts that the caller may do to this row, behind one button. Nothing is shown when there is none. */
export function RowActionMenu<R extends Row>({ row, name, actions }: RowActionMenuProps<R>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const command = useCommand<R>();
  const offered = available(actions, row);
  if (offered.length === 0) return null;
  const close = () => setAnchor(null);
  return (
    <>
      <IconButton
        size="small"
        aria-label={`Actions for ${name}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Icon name="more" fontSize="small" sx={{ strokeWidth: 3 }} />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
      >
        {offered.map((action) =>
          isLink(action) ? (
            <MenuItem key={action.operation} component={Link} to={action.to(row)} onClick={close}>
              <ListItemIcon>
                <Icon name={action.icon} fontSize="small" />
              </ListItemIcon>
              {action.label}
            </MenuItem>
          ) : (
            <MenuItem
              key={action.operation}
              disabled={command.busy}
              onClick={() => {
                close();
                command.start(action, row);
              }}
              sx={isDestructive(action) ? { color: "error.main" } : {}}
            >
              <ListItemIcon sx={{ color: "inherit" }}>
                <Icon name={action.icon} fontSize="small" />
              </ListItemIcon>
              {action.label}
            </MenuItem>
          ),
        )}
      </Menu>
      {command.dialog}
    </>
  );
}
