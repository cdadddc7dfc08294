import IconButton from "@mui/material/IconButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";

import { ConfirmDialog } from "../../shared/ui/ConfirmDialog.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { toasts } from "../../shared/ui/toasts.ts";
import type { Said } from "./patches.ts";
import { useWithdrawMessageMutation } from "./stream.ts";

/** What may be done to one's own message. */
export function MessageMenu({ message, room, onEdit }: { message: Said; room: string; onEdit: () => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState(false);
  const [withdraw, { isLoading }] = useWithdrawMessageMutation();
  const may = (operation: string) => message.can.includes(operation);
  if (!may("update") && !may("delete")) return null;

  const remove = async () => {
    try {
      await withdraw({ room, id: message.id }).unwrap();
    } catch (failure) {
      toasts.failed(failure);
    }
    setAsking(false);
  };

  return (
    <>
      <IconButton
        className="act"
        size="small"
        aria-label="Actions for this message"
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        // Where nothing can hover, it is always there.
        sx={{
          "@media (hover: hover)": { opacity: anchor === null ? 0 : 1, "&:focus-visible": { opacity: 1 } },
        }}
      >
        <Icon name="more" fontSize="small" />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {may("update") && (
          <MenuItem
            onClick={() => {
              setAnchor(null);
              onEdit();
            }}
          >
            <ListItemIcon>
              <Icon name="edit" fontSize="small" />
            </ListItemIcon>
            Edit
          </MenuItem>
        )}
        {may("delete") && (
          <MenuItem
            onClick={() => {
              setAnchor(null);
              setAsking(true);
            }}
          >
            <ListItemIcon>
              <Icon name="trash" fontSize="small" />
            </ListItemIcon>
            Delete
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        title="Delete this message?"
        body="Its text is gone for everybody; that there was a message stays visible."
        confirmLabel="Delete"
        destructive
        busy={isLoading}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
