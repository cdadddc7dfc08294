import { type ReactNode, useState } from "react";

import type { RowAction } from "../actions/rowActions.ts";
import type { Row } from "../api/types.ts";
import { EntryDialog } from "./EntryDialog.tsx";
import type { RelatedRows } from "./types.ts";

interface Related<R> {
  actions: RowAction<R>[];
  /** Asks for a new row. */
  add: () => void;
  /** What is asked for now, to be rendered by the caller. */
  dialog: ReactNode;
}

/** The acts on rows within another one's page: to add, change and delete them, and what else they have. */
export function useRelatedActions<R extends Row, D extends object, I extends object>(
  rows: RelatedRows<R, D, I>,
): Related<R> {
  const { singular, name, entry, add, change, remove, actions = [] } = rows;
  const [adding, setAdding] = useState(false);
  const found: RowAction<R>[] = [];
  if (entry !== undefined && change !== undefined) {
    found.push({
      operation: "update",
      label: "Edit",
      icon: "edit",
      done: () => "",
      dialog: ({ row, onCancel }) => (
        <EntryDialog
          title={`Edit ${singular}`}
          submitLabel="Save"
          entry={entry}
          existing={row}
          send={(changes) => change(row, changes)}
          saved={`The ${singular} was saved.`}
          onClose={onCancel}
        />
      ),
    });
  }
  found.push(...actions);
  if (remove !== undefined) {
    found.push({
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      confirm: (row) => ({ title: `Delete this ${singular}?`, body: `“${name(row)}” is deleted.` }),
      run: remove,
      done: (row) => `“${name(row)}” was deleted.`,
    });
  }
  const dialog =
    adding && entry !== undefined && add !== undefined ? (
      <EntryDialog
        title={`New ${singular}`}
        submitLabel="Add"
        entry={entry}
        send={add}
        saved={`The ${singular} was added.`}
        onClose={() => setAdding(false)}
      />
    ) : null;
  return { actions: found, add: () => setAdding(true), dialog };
}
