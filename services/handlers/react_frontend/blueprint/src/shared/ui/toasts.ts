import { toApiError } from "../api/errors.ts";

export interface Toast {
  id: number;
  tone: "success" | "error";
  message: string;
  correlation?: string | undefined;
  /** A way back, such as restoring what was just deleted. */
  undo?: (() => Promise<unknown>) | undefined;
}

let items: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function replace(changed: readonly Toast[]): void {
  items = changed;
  for (const listener of listeners) listener();
}

/** Messages about what has just happened. They hold callbacks, so they live outside the Redux store. */
export const toasts = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Toast[] => items,
  succeeded(message: string, undo?: () => Promise<unknown>): void {
    replace([...items, { id: next++, tone: "success", message, undo }]);
  },
  failed(failure: unknown): void {
    const { message, correlation, taken } = toApiError(failure);
    if (taken) return;
    replace([...items, { id: next++, tone: "error", message, correlation }]);
  },
  dismiss(id: number): void {
    replace(items.filter((toast) => toast.id !== id));
  },
  clear(): void {
    replace([]);
  },
};
