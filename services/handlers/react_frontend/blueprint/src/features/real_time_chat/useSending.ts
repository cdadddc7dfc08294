import { useRef, useState } from "react";

import { type ApiError, toApiError } from "../../shared/api/errors.ts";
import type { Said } from "./patches.ts";
import { useSayMutation } from "./stream.ts";

/** A message on its way, or one that did not arrive. */
export interface Pending {
  key: string;
  room: string;
  body: string;
  /** The newest position that was known when it was sent. */
  after: number;
  at: string;
  failure: ApiError | null;
}

/** Sends messages one after the other, so that they arrive in the order in which they were written. */
export function useSending() {
  const [pending, setPending] = useState<Pending[]>([]);
  const [say] = useSayMutation();
  const queue = useRef(Promise.resolve());

  const change = (key: string, failure: ApiError | null) =>
    setPending((known) => known.map((item) => (item.key === key ? { ...item, failure } : item)));
  const drop = (key: string) => setPending((known) => known.filter((item) => item.key !== key));

  const attempt = (item: Pending) => {
    queue.current = queue.current.then(async () => {
      try {
        await say({ room: item.room, body: item.body, key: item.key }).unwrap();
        drop(item.key);
      } catch (failure) {
        change(item.key, toApiError(failure));
      }
    });
  };

  return {
    pending,
    send: (room: string, body: string, after: number) => {
      const at = new Date().toISOString();
      const item = { key: crypto.randomUUID(), room, body, after, at, failure: null };
      setPending((known) => [...known, item]);
      attempt(item);
    },
    retry: (item: Pending) => {
      change(item.key, null);
      attempt(item);
    },
    drop,
  };
}

export type Sending = ReturnType<typeof useSending>;

/** What is still on its way: the event of a message may come before the answer to whoever sent it. */
export function stillPending(pending: Pending[], messages: Said[], me: string): Pending[] {
  const arrived = messages.filter(({ author }) => author?.id === me);
  const taken = new Set<string>();
  return pending.filter((item) => {
    const match = arrived.find(
      ({ id, position, body }) => !taken.has(id) && position > item.after && body === item.body,
    );
    if (match !== undefined) taken.add(match.id);
    return match === undefined;
  });
}
