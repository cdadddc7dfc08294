import { useState } from "react";

import { toasts } from "../ui/toasts.ts";

export interface GridChanges {
  count: number;
  saving: boolean;
  /** Whether the crossing is linked, counting what is not saved yet. */
  isLinked: (line: string, head: string, stored: boolean) => boolean;
  toggle: (line: string, head: string, stored: boolean) => void;
  discard: () => void;
  save: () => Promise<void>;
}

interface Change {
  line: string;
  head: string;
  linked: boolean;
}

interface GridChangesOptions<O> {
  /** Which side holds the links. */
  owner: "line" | "head";
  /** The owners that are loaded, to find the one a change belongs to. */
  owners: O[];
  idsOf: (owner: O) => string[];
  /** Stores the whole set of links of one owner. */
  store: (owner: O, ids: string[]) => Promise<unknown>;
}

/** Gathers changes of a matrix and stores them, one write for each owner; what is refused stays to be seen. */
export function useGridChanges<O extends { id: string }>(options: GridChangesOptions<O>): GridChanges {
  const [changes, setChanges] = useState<ReadonlyMap<string, Change>>(new Map());
  // An owner on a page that was left is still needed when its change is saved.
  const [kept, setKept] = useState<ReadonlyMap<string, O>>(new Map());
  const [saving, setSaving] = useState(false);

  const ownerOf = (change: Change) => (options.owner === "line" ? change.line : change.head);
  const find = (id: string) => options.owners.find((owner) => owner.id === id) ?? kept.get(id);

  const toggle = (line: string, head: string, stored: boolean) => {
    const key = `${line} ${head}`;
    const next = new Map(changes);
    if (!next.delete(key)) next.set(key, { line, head, linked: !stored });
    setChanges(next);
    const owner = find(options.owner === "line" ? line : head);
    if (owner !== undefined) setKept(new Map(kept).set(owner.id, owner));
  };

  const save = async () => {
    setSaving(true);
    const refused = new Map<string, Change>();
    for (const [id, own] of Map.groupBy(changes.entries(), ([, change]) => ownerOf(change))) {
      const owner = find(id);
      if (owner === undefined) continue;
      const ids = new Set(options.idsOf(owner));
      for (const [, change] of own) {
        const other = options.owner === "line" ? change.head : change.line;
        if (change.linked) ids.add(other);
        else ids.delete(other);
      }
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other: each write may be refused for itself
        await options.store(owner, [...ids]);
      } catch (failure) {
        toasts.failed(failure);
        for (const [key, change] of own) refused.set(key, change);
      }
    }
    setChanges(refused);
    setSaving(false);
    if (refused.size === 0) toasts.succeeded("Saved.");
  };

  return {
    count: changes.size,
    saving,
    isLinked: (line, head, stored) => changes.get(`${line} ${head}`)?.linked ?? stored,
    toggle,
    discard: () => setChanges(new Map()),
    save,
  };
}
