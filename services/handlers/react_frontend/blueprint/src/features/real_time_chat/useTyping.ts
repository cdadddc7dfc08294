import { useEffect, useRef, useState } from "react";

import { liveMessages } from "../../shared/live/messages.ts";
import { useTypingRoomMutation } from "./room/api.ts";
import { rowOf, type Said } from "./patches.ts";

/** Somebody who types tells it this often at most, and is believed this long. */
const toldEvery = 2500;
const believedFor = 6000;

/** Tells the others that one is typing. */
export function useTellTyping(room: string): () => void {
  const [tell] = useTypingRoomMutation();
  const last = useRef(0);
  return () => {
    const now = Date.now();
    if (now - last.current < toldEvery) return;
    last.current = now;
    void tell({ id: room });
  };
}

/** Names of those who are typing in a room now. */
export function useTypists(room: string, me: string): string[] {
  const [typists, setTypists] = useState<Record<string, string>>({});
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const quiet = (id: string) => setTypists(({ [id]: _gone, ...others }) => others);
    const stop = liveMessages.subscribe((message) => {
      const said = rowOf<Said>(message, "Message");
      if (said?.author && said.room?.id === room) quiet(said.author.id);
      if (message.type !== "signal" || message.name !== "Room.typing" || message.id !== room) return;
      const { id, display } = message.actor;
      if (id === me) return;
      clearTimeout(timers.get(id));
      timers.set(
        id,
        setTimeout(() => quiet(id), believedFor),
      );
      setTypists((known) => ({ ...known, [id]: display }));
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
      setTypists({});
    };
  }, [me, room]);
  return Object.values(typists);
}
