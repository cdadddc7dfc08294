import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { Link } from "react-router";

import { toApiError } from "../../shared/api/errors.ts";
import { ErrorState } from "../../shared/ui/ErrorState.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { PersonAvatar } from "../../shared/ui/values.tsx";
import { Composer } from "./Composer.tsx";
import { History } from "./History.tsx";
import { MembersDialog } from "./MembersDialog.tsx";
import type { Membership } from "./membership/types.ts";
import { formatNames, titleOf } from "./names.ts";
import { useReadRoomQuery } from "./room/api.ts";
import type { Room } from "./room/types.ts";
import { useHistoryInfiniteQuery, useSeatsQuery } from "./stream.ts";
import { type Sending, stillPending } from "./useSending.ts";
import { useReadMark } from "./useReadMark.ts";
import { useTellTyping, useTypists } from "./useTyping.ts";

interface ConversationProps {
  room: string;
  me: string;
  sending: Sending;
  onLeft: () => void;
}

/** One conversation: who is in it, what was said, and the place to say something. */
export function Conversation({ room, me, sending, onLeft }: ConversationProps) {
  const { data, error, refetch } = useReadRoomQuery(room);
  const history = useHistoryInfiniteQuery(room);
  const { data: seats = [] } = useSeatsQuery(room);
  const [membersShown, setMembersShown] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const tellTyping = useTellTyping(room);
  const typists = useTypists(room, me);

  // The pages come newest first, and so does what is in them.
  const messages = (history.data?.pages ?? []).flatMap(({ items }) => items).toReversed();
  const newest = messages.at(-1)?.position ?? 0;
  const own = seats.find(({ user }) => user?.id === me);
  useReadMark(room, newest, own?.last_read, atEnd);

  const failure = error ?? history.error;
  const gone = [403, 404].includes(toApiError(failure).status);
  if (failure !== undefined && (data === undefined || gone)) {
    return (
      <Stack sx={{ m: "auto", alignItems: "center" }}>
        <ErrorState error={failure} onRetry={() => void refetch()} />
        <Button component={Link} to="/chat">
          All conversations
        </Button>
      </Stack>
    );
  }
  const mine = sending.pending.filter((item) => item.room === room);
  return (
    <Box component="section" aria-label={data === undefined ? "Conversation" : titleOf(data)} sx={column}>
      <Header room={data} seats={seats} onMembers={() => setMembersShown(true)} />
      <History
        messages={messages}
        pending={stillPending(mine, messages, me)}
        seats={seats}
        me={me}
        room={room}
        history={history}
        sending={sending}
        onEnd={setAtEnd}
      />
      <Typing names={typists} />
      <Composer onSend={(body) => sending.send(room, body, newest)} onTyping={tellTyping} />
      {membersShown && data !== undefined && (
        <MembersDialog
          room={data}
          seats={seats}
          me={me}
          onClose={() => setMembersShown(false)}
          onLeft={onLeft}
        />
      )}
    </Box>
  );
}

const column = { display: "flex", flexDirection: "column", flex: 1, minHeight: 0, minWidth: 0 } as const;

function Header({
  room,
  seats,
  onMembers,
}: {
  room: Room | undefined;
  seats: Membership[];
  onMembers: () => void;
}) {
  const names = seats.flatMap(({ user }) => (user === null ? [] : [user.display]));
  return (
    <Stack
      direction="row"
      sx={{ alignItems: "center", gap: 1.5, px: 2, py: 1.25, borderBottom: 1, borderColor: "divider" }}
    >
      <IconButton
        component={Link}
        to="/chat"
        edge="start"
        aria-label="All conversations"
        sx={{ display: { md: "none" } }}
      >
        <Icon name="back" />
      </IconButton>
      {room === undefined ? (
        <Skeleton variant="circular" width={36} height={36} />
      ) : (
        <PersonAvatar name={titleOf(room)} size={36} />
      )}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="h2" noWrap>
          {room === undefined ? <Skeleton width={160} /> : titleOf(room)}
        </Typography>
        <Typography variant="caption" component="div" noWrap sx={{ color: "text.secondary" }}>
          {formatNames(names, 4)}
        </Typography>
      </Box>
      <IconButton onClick={onMembers} aria-label="Members" disabled={room === undefined}>
        <Icon name="people" />
      </IconButton>
    </Stack>
  );
}

/** The line keeps its height, so that nothing moves when somebody begins to type. */
function Typing({ names }: { names: string[] }) {
  return (
    <Typography
      variant="caption"
      component="div"
      role="status"
      noWrap
      sx={{ px: 2, minHeight: "1.6em", color: "text.secondary" }}
    >
      {names.length > 0 && `${formatNames(names)} ${names.length === 1 ? "is" : "are"} typing…`}
    </Typography>
  );
}
