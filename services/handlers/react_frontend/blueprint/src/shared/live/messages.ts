import type { LiveMessage } from "./channel.ts";

const listeners = new Set<(message: LiveMessage) => void>();
let following = false;

/** What comes over the stream, for pages that follow more closely than by asking again. */
export const liveMessages = {
  subscribe(listener: (message: LiveMessage) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  tell(message: LiveMessage): void {
    if (message.type === "ready") following = true;
    for (const listener of listeners) listener(message);
  },
  /** Whether the stream has begun: what was asked for before may lack what happened until then. */
  isFollowing: (): boolean => following,
  /** The stream has ended for good. */
  ended(): void {
    following = false;
  },
};
