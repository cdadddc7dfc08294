import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";

import { formatDateTime } from "../../shared/format.ts";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { toasts } from "../../shared/ui/toasts.ts";
import { PersonAvatar, visuallyHidden } from "../../shared/ui/values.tsx";
import { EditMessage } from "./EditMessage.tsx";
import { MessageText } from "./MessageText.tsx";
import { formatClock } from "./names.ts";
import type { Said } from "./patches.ts";
import { useWithdrawMessageMutation } from "./stream.ts";
import type { Pending } from "./useSending.ts";

interface MessageBubbleProps {
  message: Said;
  room: string;
  own: boolean;
  /** The same person goes on, so the name need not be said again. */
  continues: boolean;
  receipt: string | undefined;
}

/** One message, with what may be done to it. */
export function MessageBubble({ message, room, own, continues, receipt }: MessageBubbleProps) {
  const [editing, setEditing] = useState(false);
  const name = message.author?.display ?? "Somebody";
  return (
    <Stack
      component="article"
      aria-label={`${own ? "You" : name}, ${formatClock(message.created_at)}`}
      direction="row"
      sx={{ gap: 1, mt: continues ? 0.5 : 1.5, justifyContent: own ? "flex-end" : "flex-start" }}
    >
      {!own && <Box sx={{ width: 32, flexShrink: 0 }}>{!continues && <PersonAvatar name={name} />}</Box>}
      <Stack
        sx={{
          maxWidth: { xs: "84%", sm: "72%" },
          minWidth: 0,
          alignItems: own ? "flex-end" : "flex-start",
        }}
      >
        {!own && !continues && (
          <Typography
            variant="caption"
            noWrap
            sx={{ color: "text.secondary", maxWidth: "100%", px: 0.5, mb: 0.25 }}
          >
            {name}
          </Typography>
        )}
        {editing && message.body !== null ? (
          <EditMessage room={room} id={message.id} body={message.body} onDone={() => setEditing(false)} />
        ) : (
          <Stack
            direction="row"
            sx={{
              alignItems: "center",
              gap: 0.5,
              minWidth: 0,
              maxWidth: "100%",
              "&:hover .act": { opacity: 1 },
            }}
          >
            {own && message.body !== null && (
              <MessageMenu message={message} room={room} onEdit={() => setEditing(true)} />
            )}
            <Bubble own={own} muted={message.body === null}>
              {message.body === null ? (
                <em>This message was deleted</em>
              ) : (
                <MessageText text={message.body} />
              )}
              <Times message={message} />
            </Bubble>
          </Stack>
        )}
        {receipt !== undefined && (
          <Typography variant="caption" sx={{ color: "text.secondary", px: 0.5, mt: 0.25 }}>
            {receipt}
          </Typography>
        )}
      </Stack>
    </Stack>
  );
}

function Bubble({ own, muted, children }: { own: boolean; muted: boolean; children: ReactNode }) {
  const filled = own && !muted;
  return (
    <Box
      sx={{
        minWidth: 0,
        px: 1.5,
        py: 0.875,
        borderRadius: "14px",
        fontSize: "0.9375rem",
        lineHeight: 1.45,
        bgcolor: filled ? "primary.main" : "action.hover",
        color: filled ? "primary.contrastText" : muted ? "text.secondary" : "text.primary",
      }}
    >
      {children}
    </Box>
  );
}

function Times({ message }: { message: Said }) {
  const edited = message.edited_at !== null && message.body !== null;
  return (
    <Tooltip
      title={
        edited
          ? `${formatDateTime(message.created_at)}, edited ${formatDateTime(message.edited_at ?? "")}`
          : formatDateTime(message.created_at)
      }
    >
      <Box
        component="time"
        dateTime={message.created_at}
        sx={{ ml: 1, fontSize: "0.75rem", whiteSpace: "nowrap", opacity: 0.85 }}
      >
        {edited && "edited · "}
        {formatClock(message.created_at)}
      </Box>
    </Tooltip>
  );
}

function MessageMenu({ message, room, onEdit }: { message: Said; room: string; onEdit: () => void }) {
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

/** A message on its way, or one that did not arrive. */
export function PendingBubble({
  item,
  onRetry,
  onDrop,
}: {
  item: Pending;
  onRetry: () => void;
  onDrop: () => void;
}) {
  const failed = item.failure !== null;
  return (
    <Stack component="article" aria-label="You" sx={{ mt: 0.5, alignItems: "flex-end" }}>
      <Box sx={{ maxWidth: { xs: "84%", sm: "72%" }, opacity: failed ? 1 : 0.65 }}>
        <Bubble own muted={failed}>
          <MessageText text={item.body} />
          {!failed && (
            <Box component="span" sx={visuallyHidden}>
              {" is being sent"}
            </Box>
          )}
        </Bubble>
      </Box>
      {item.failure !== null && (
        <Stack
          direction="row"
          role="alert"
          sx={{ alignItems: "center", justifyContent: "flex-end", flexWrap: "wrap", gap: 0.5 }}
        >
          <Typography variant="caption" sx={{ color: "error.main" }}>
            Not sent. {item.failure.message}
          </Typography>
          <Button size="small" onClick={onRetry}>
            Send again
          </Button>
          <Button size="small" color="inherit" onClick={onDrop}>
            Discard
          </Button>
        </Stack>
      )}
    </Stack>
  );
}
