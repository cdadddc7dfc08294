import Badge from "@mui/material/Badge";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import List from "@mui/material/List";
import ListItemButton from "@mui/material/ListItemButton";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { Link } from "react-router";

import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../shared/ui/ErrorState.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { PersonAvatar, visuallyHidden } from "../../shared/ui/values.tsx";
import { formatBrief, titleOf } from "./names.ts";
import type { Room } from "./room/types.ts";
import { useFollowedRoomsQuery } from "./stream.ts";

const step = 50;
/** The server gives this many at once; what is older is found by its name. */
const most = 100;

interface RoomListProps {
  selected: string | null;
  me: string;
  onStart: () => void;
}

/** All conversations, the liveliest first, with what was said last and how much is unread. */
export function RoomList({ selected, onStart }: RoomListProps) {
  const [text, setText] = useState("");
  const [size, setSize] = useState(step);
  const { data, error, isLoading, refetch } = useFollowedRoomsQuery({ search: "", size });
  const needle = text.trim().toLowerCase();
  const rooms = (data?.items ?? [])
    .filter((room) => titleOf(room).toLowerCase().includes(needle))
    .toSorted((one, other) => other.active_at.localeCompare(one.active_at));
  const more = data !== undefined && data.items.length < data.total && size < most;

  return (
    <>
      <Stack sx={{ p: 2, gap: 1.5 }}>
        <Stack direction="row" sx={{ alignItems: "center", justifyContent: "space-between" }}>
          <Typography variant="h1">Chat</Typography>
          <Tooltip title="New conversation">
            <IconButton color="primary" onClick={onStart} aria-label="New conversation">
              <Icon name="plus" />
            </IconButton>
          </Tooltip>
        </Stack>
        <TextField
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="Search conversations"
          slotProps={{
            htmlInput: { "aria-label": "Search conversations" },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <Icon name="search" fontSize="small" />
                </InputAdornment>
              ),
            },
          }}
        />
      </Stack>
      <Box sx={{ flex: 1, overflow: "auto", minHeight: 0 }} aria-busy={isLoading}>
        {isLoading && <RoomSkeletons />}
        {data === undefined && error !== undefined && (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
        {data?.items.length === 0 && (
          <EmptyState
            icon="chat"
            title="No conversations yet"
            body="Write to somebody, or open a room for several people."
            action={
              <Button variant="contained" onClick={onStart}>
                Start a conversation
              </Button>
            }
          />
        )}
        {data !== undefined && data.items.length > 0 && rooms.length === 0 && (
          <EmptyState
            icon="search"
            title="Nothing found"
            body={`No conversation is called “${text.trim()}”.`}
            action={
              <Button variant="outlined" onClick={() => setText("")}>
                Clear the search
              </Button>
            }
          />
        )}
        <List disablePadding aria-label="Conversations">
          {rooms.map((room) => (
            <RoomItem key={room.id} room={room} selected={room.id === selected} />
          ))}
        </List>
        {more && (
          <Button fullWidth onClick={() => setSize(Math.min(most, size + step))} sx={{ my: 1 }}>
            Show more
          </Button>
        )}
      </Box>
    </>
  );
}

function RoomItem({ room, selected }: { room: Room; selected: boolean }) {
  const title = titleOf(room);
  const unread = room.unread > 0;
  return (
    <li>
      <ListItemButton
        component={Link}
        to={`/chat?room=${room.id}`}
        selected={selected}
        aria-current={selected ? "true" : undefined}
        sx={{ gap: 1.5, px: 2, py: 1.25 }}
      >
        <PersonAvatar name={title} size={40} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Stack direction="row" sx={{ gap: 1, alignItems: "baseline" }}>
            <Typography noWrap sx={{ flex: 1, fontWeight: unread ? 680 : 560 }}>
              {title}
            </Typography>
            <Typography variant="caption" component="time" sx={{ color: "text.secondary", flexShrink: 0 }}>
              {formatBrief(room.active_at)}
            </Typography>
          </Stack>
          <Stack direction="row" sx={{ gap: 1.5, alignItems: "center", pr: unread ? 1 : 0 }}>
            <Typography variant="body2" noWrap sx={{ flex: 1, color: "text.secondary" }}>
              {preview(room)}
            </Typography>
            {unread && (
              <>
                <Badge badgeContent={room.unread} color="primary" aria-hidden />
                <Box component="span" sx={visuallyHidden}>
                  {room.unread === 1 ? "1 unread message" : `${room.unread} unread messages`}
                </Box>
              </>
            )}
          </Stack>
        </Box>
      </ListItemButton>
    </li>
  );
}

function preview(room: Room): string {
  if (room.latest === 0) return "Nothing was said yet";
  return room.latest_body ?? "A message was deleted";
}

function RoomSkeletons() {
  return [72, 55, 64, 48, 60].map((width) => (
    <Stack key={width} direction="row" sx={{ gap: 1.5, px: 2, py: 1.25, alignItems: "center" }}>
      <Skeleton variant="circular" width={40} height={40} />
      <Box sx={{ flex: 1 }}>
        <Skeleton width={`${width}%`} />
        <Skeleton width="90%" />
      </Box>
    </Stack>
  ));
}
