import Badge from "@mui/material/Badge";
import IconButton from "@mui/material/IconButton";
import Popover from "@mui/material/Popover";
import Tooltip from "@mui/material/Tooltip";
import { type ReactNode, useState } from "react";

import { Icon } from "../ui/icons.tsx";

interface InboxButtonProps {
  /** What is in it: "Notifications". */
  label: string;
  /** How many are unread; undefined while that is not known. */
  unread: number | undefined;
  /** What is shown while it is open; `close` is for what leads elsewhere. */
  children: (close: () => void) => ReactNode;
}

/** A control of the bar at the top: how many are unread, and the newest behind it. */
export function InboxButton({ label, unread = 0, children }: InboxButtonProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  const count = unread > 99 ? "99+" : String(unread);
  return (
    <>
      <Tooltip title={label}>
        <IconButton
          aria-label={unread === 0 ? label : `${label}, ${count} unread`}
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Badge badgeContent={unread === 0 ? undefined : unread} max={99} color="error">
            <Icon name="bell" sx={{ fontSize: 21 }} />
          </Badge>
        </IconButton>
      </Tooltip>
      <Popover
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
        slotProps={{
          paper: {
            role: "dialog",
            "aria-label": label,
            sx: {
              width: "min(420px, calc(100vw - 32px))",
              maxHeight: "min(600px, calc(100dvh - 96px))",
              display: "flex",
              flexDirection: "column",
            },
          },
        }}
      >
        {anchor !== null && children(close)}
      </Popover>
    </>
  );
}
