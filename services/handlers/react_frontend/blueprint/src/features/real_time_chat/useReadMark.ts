import { useEffect } from "react";

import { useMarkReadMutation } from "./stream.ts";

const settled = 400;

/** Says how far one has read, once what is newest stands before one's eyes. */
export function useReadMark(room: string, newest: number, lastRead: number | undefined, seen: boolean): void {
  const [markRead] = useMarkReadMutation();
  useEffect(() => {
    if (!seen || lastRead === undefined || newest <= lastRead) return undefined;
    const mark = () => {
      if (document.visibilityState === "visible") void markRead({ room, upTo: newest });
    };
    const timer = setTimeout(mark, settled);
    document.addEventListener("visibilitychange", mark);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", mark);
    };
  }, [lastRead, markRead, newest, room, seen]);
}
