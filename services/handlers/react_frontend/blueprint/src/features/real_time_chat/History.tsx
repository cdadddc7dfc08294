import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Divider from "@mui/material/Divider";
import Fab from "@mui/material/Fab";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { Fragment, useLayoutEffect, useRef, useState } from "react";

import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { MessageBubble } from "./MessageBubble.tsx";
import type { Membership } from "./membership/types.ts";
import { formatDay, sameDay } from "./names.ts";
import type { Said } from "./patches.ts";
import { PendingBubble } from "./PendingBubble.tsx";
import { receiptOf } from "./receipts.ts";
import type { Pending, Sending } from "./useSending.ts";

interface HistoryProps {
  room: string;
  /** What was said, the oldest first. */
  messages: Said[];
  pending: Pending[];
  seats: Membership[];
  me: string;
  history: {
    isLoading: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  sending: Sending;
  /** Tells whether the newest message is in sight. */
  onEnd: (atEnd: boolean) => void;
}

/** As near to an end as counts for being there, in pixels. */
const near = 80;
/** Messages of one person within this time stand together. */
const together = 5 * 60_000;

/** What was said, with the days between; older messages come when one scrolls up to them. */
export function History({ messages, pending, seats, me, room, history, sending, onEnd }: HistoryProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef({ first: "", height: 0, atEnd: true });
  const [away, setAway] = useState(false);
  const first = messages[0]?.id ?? "";

  // What came in above pushes nothing out of sight, and who is at the end stays there.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const earlier = before.current;
    if (earlier.atEnd) box.scrollTop = box.scrollHeight;
    else if (earlier.first !== first) box.scrollTop += box.scrollHeight - earlier.height;
    before.current = { first, height: box.scrollHeight, atEnd: earlier.atEnd };
  });

  // One's own words are always shown.
  useLayoutEffect(() => {
    if (pending.length > 0) toEnd(scroller.current);
  }, [pending.length]);

  const scrolled = () => {
    const box = scroller.current;
    if (box === null) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    before.current.atEnd = atEnd;
    before.current.height = box.scrollHeight;
    setAway(!atEnd);
    onEnd(atEnd);
    if (box.scrollTop < near && history.hasNextPage && !history.isFetchingNextPage) history.fetchNextPage();
  };

  const receipt = receiptOf(messages, seats, me);
  return (
    <Box sx={{ position: "relative", flex: 1, minHeight: 0, display: "flex" }}>
      <Box
        ref={scroller}
        onScroll={scrolled}
        role="log"
        aria-live="polite"
        aria-label="Messages"
        // Older messages that come in are no news.
        aria-busy={history.isLoading || history.isFetchingNextPage}
        tabIndex={0}
        sx={{ flex: 1, overflow: "auto", overflowAnchor: "none", px: 2, py: 1.5 }}
      >
        {history.isLoading && <HistorySkeleton />}
        {history.hasNextPage && (
          <Box sx={{ textAlign: "center", pb: 1 }}>
            <Button
              size="small"
              loading={history.isFetchingNextPage}
              onClick={() => void history.fetchNextPage()}
            >
              Earlier messages
            </Button>
          </Box>
        )}
        {!history.isLoading && messages.length === 0 && pending.length === 0 && (
          <EmptyState icon="chat" title="Nothing was said yet" body="Write the first message below." />
        )}
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const newDay = previous === undefined || !sameDay(previous.created_at, message.created_at);
          return (
            <Fragment key={message.id}>
              {newDay && <Day at={message.created_at} />}
              <MessageBubble
                message={message}
                room={room}
                own={message.author?.id === me}
                continues={!newDay && follows(previous, message)}
                receipt={receipt?.id === message.id ? receipt.text : undefined}
              />
            </Fragment>
          );
        })}
        {pending.map((item) => (
          <PendingBubble
            key={item.key}
            item={item}
            onRetry={() => sending.retry(item)}
            onDrop={() => sending.drop(item.key)}
          />
        ))}
      </Box>
      {away && (
        <Fab
          size="small"
          aria-label="Go to the newest message"
          onClick={() => toEnd(scroller.current)}
          sx={{ position: "absolute", right: 20, bottom: 12 }}
        >
          <Icon name="down" />
        </Fab>
      )}
    </Box>
  );
}

function toEnd(box: HTMLElement | null): void {
  if (box !== null) box.scrollTop = box.scrollHeight;
}

function follows(previous: Said | undefined, message: Said): boolean {
  if (previous === undefined || previous.author?.id !== message.author?.id) return false;
  return new Date(message.created_at).getTime() - new Date(previous.created_at).getTime() < together;
}

function Day({ at }: { at: string }) {
  return (
    <Divider sx={{ my: 2 }}>
      <Typography
        variant="caption"
        component="time"
        dateTime={at.slice(0, 10)}
        sx={{ color: "text.secondary" }}
      >
        {formatDay(at)}
      </Typography>
    </Divider>
  );
}

function HistorySkeleton() {
  return (
    <Stack sx={{ gap: 1.5 }}>
      {[44, 60, 36, 52].map((width, index) => (
        <Skeleton
          key={width}
          variant="rounded"
          height={44}
          width={`${width}%`}
          sx={{ alignSelf: index % 2 === 1 ? "flex-end" : "flex-start", borderRadius: 3 }}
        />
      ))}
    </Stack>
  );
}
