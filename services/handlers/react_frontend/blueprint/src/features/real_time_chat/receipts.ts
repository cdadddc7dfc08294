import type { Membership } from "./membership/types.ts";
import { formatNames } from "./names.ts";
import type { Said } from "./patches.ts";

interface Receipt {
  /** The message below which it stands. */
  id: string;
  text: string;
}

/** Who has seen what one said last: below the newest of one's own messages. */
export function receiptOf(messages: Said[], seats: Membership[], me: string): Receipt | undefined {
  const message = messages.findLast(({ author, body }) => author?.id === me && body !== null);
  if (message === undefined) return undefined;
  const others = seats.filter(({ user }) => user !== null && user.id !== me);
  const readers = others.filter(({ last_read: upTo }) => upTo >= message.position);
  if (readers.length === 0) return { id: message.id, text: "Sent" };
  if (others.length > 1 && readers.length === others.length)
    return { id: message.id, text: "Seen by everyone" };
  return {
    id: message.id,
    text: `Seen by ${formatNames(readers.map(({ user }) => user?.display ?? ""))}`,
  };
}
