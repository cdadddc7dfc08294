import type { LiveMessage } from "./channel.ts";

export type LiveSignal = Extract<LiveMessage, { type: "signal" }>;

const listeners = new Set<(signal: LiveSignal) => void>();

/** What happens for a moment and is stored nowhere, such as that somebody is typing. */
export const signals = {
  subscribe(listener: (signal: LiveSignal) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  tell(signal: LiveSignal): void {
    for (const listener of listeners) listener(signal);
  },
};
