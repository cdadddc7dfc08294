import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { useState } from "react";

import { formatDateTime } from "../../shared/format.ts";
import { PersonAvatar } from "../../shared/ui/values.tsx";
import { Bubble } from "./Bubble.tsx";
import { EditMessage } from "./EditMessage.tsx";
import { MessageMenu } from "./MessageMenu.tsx";
import { MessageText } from "./MessageText.tsx";
import { formatClock } from "./names.ts";
import type { Said } from "./patches.ts";

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
        <Body message={message} room={room} own={own} />
        {receipt !== undefined && (
          <Typography variant="caption" sx={{ color: "text.secondary", px: 0.5, mt: 0.25 }}>
            {receipt}
          </Typography>
        )}
      </Stack>
    </Stack>
  );
}

/** The text, or the form that changes it. */
function Body({ message, room, own }: Pick<MessageBubbleProps, "message" | "room" | "own">) {
  const [editing, setEditing] = useState(false);
  const { body } = message;
  if (editing && body !== null) {
    return <EditMessage room={room} id={message.id} body={body} onDone={() => setEditing(false)} />;
  }
  return (
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
      {own && body !== null && <MessageMenu message={message} room={room} onEdit={() => setEditing(true)} />}
      <Bubble own={own} muted={body === null}>
        {body === null ? <em>This message was deleted</em> : <MessageText text={body} />}
        <Times message={message} />
      </Bubble>
    </Stack>
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
