import type { ComponentType } from "react";

import type { Row } from "../api/types.ts";
import type { IconName } from "../ui/icons.tsx";

interface Common<R> {
  /** Name of the operation: the action is offered for rows whose `can` lists it. */
  operation: string;
  /** False for rows that are already as the action would make them. */
  when?: (row: R) => boolean;
  label: string;
  icon: IconName;
}

/** Leads to another page, such as the form. */
export interface LinkAction<R> extends Common<R> {
  to: (row: R) => string;
}

/** Changes the row at once. */
export interface CommandAction<R> extends Common<R> {
  destructive?: boolean;
  /** Asked before; destructive acts always ask. */
  confirm?: (row: R) => { title: string; body: string };
  run: (row: R) => Promise<unknown>;
  done: (row: R) => string;
  /** Takes it back, offered for a few seconds. */
  undo?: (row: R) => Promise<unknown>;
  /** The row is gone afterwards, so a page about it is left. */
  removes?: boolean;
}

export interface ActionDialogProps<R> {
  row: R;
  /** It has been done. */
  onDone: () => void;
  onCancel: () => void;
}

/** Asks for what it needs to know in a dialog of its own, which also does it. */
export interface DialogAction<R> extends Common<R> {
  dialog: ComponentType<ActionDialogProps<R>>;
  done: (row: R) => string;
}

export type RowAction<R> = LinkAction<R> | CommandAction<R> | DialogAction<R>;

export function isLink<R>(action: RowAction<R>): action is LinkAction<R> {
  return "to" in action;
}

export function isDestructive<R>(action: RowAction<R>): boolean {
  return "destructive" in action && action.destructive === true;
}

export function available<R extends Row>(actions: RowAction<R>[], row: R): RowAction<R>[] {
  return actions.filter((action) => row.can.includes(action.operation) && action.when?.(row) !== false);
}
