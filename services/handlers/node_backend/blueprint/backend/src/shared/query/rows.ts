import type { Request } from 'express';
import type { RowClass } from '../database/row.ts';
import { select, type SqlValues } from '../database/sql.ts';
import type { Sequelize, Transaction } from 'sequelize';
import { notFound } from '../errors.ts';
import type { Filter } from './filters.ts';

export interface RowCondition {
  readonly sql: string;
  readonly message: string;
  /** Whether it names the input, so that it cannot be answered before there is one. */
  readonly input?: boolean;
}

/** Who may do an operation to a row, and when it is possible. SQL over the row, called `t`. */
export interface RowRule {
  readonly by: string;
  /** Each that fails is answered 409 with its message. */
  readonly if?: readonly RowCondition[];
}

/** What a field may refer to: rows of one table, or of one for each model. */
export type Reference = Referred | { readonly of: Readonly<Record<string, Referred>> };

interface Referred {
  readonly table: string;
  /** SQL over the other row, called `t` there. */
  readonly refer: string;
}

/** One row of one of several models. */
export interface Pointer {
  readonly type: string;
  readonly id: string;
}

/** How the rows of a model are read: each fragment is SQL over the row, called `t`, with named parameters. */
export interface RowSource {
  readonly model: RowClass;
  /** Quoted name of the table. */
  readonly table: string;
  /** Rows that the caller may see. */
  readonly read: string;
  /** Deleted rows that can be brought back, where there are any. */
  readonly deleted?: string;
  /** Rows that the caller may refer to, and see the title of. */
  readonly refer: string;
  readonly display: string;
  /** What a row shows: name in the answer, and where it comes from. */
  readonly columns: Readonly<Record<string, string>>;
  /** What the fields that refer to other rows may name: SQL over the other row, called `t` there. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Parents that an address may name. */
  readonly parents?: Parents;
  /** Members that not everybody who sees the row may see: who may. They are left out for the others. */
  readonly shownTo?: Readonly<Record<string, string>>;
  /** Members that are kept sealed, and what opens them. */
  readonly opened?: Readonly<Record<string, (sealed: unknown) => unknown>>;
  /** Operations on a row, by name; those that the caller may do stand in `can`. */
  readonly can: Readonly<Record<string, RowRule>>;
  readonly filters: Readonly<Record<string, Filter>>;
  readonly sorts: Readonly<Record<string, string>>;
  readonly search: readonly string[];
  /** Order of a list when none is asked for. */
  readonly order: string;
  /** Set for lists that are read by cursor. */
  readonly cursor?: { readonly column: string; readonly type: 'timestamptz' | 'bigint' | 'text' | 'date' | 'numeric'; readonly descending: boolean };
}

/** When a row was made and changed: shown of every row, and to sort by. */
export const rowTimes = { created_at: `t.created_at`, updated_at: `t.updated_at` };

/** What every row shows of itself. */
export const rowColumns = { id: `t.id`, ...rowTimes };

/** What every row shows that knows which version of it somebody saw. */
export const versionedColumns = { ...rowColumns, row_version: `t.row_version` };

/** A list that goes on from the last row that somebody saw, newest first. */
export const newestFirst = {
  order: `t.created_at DESC, t.id DESC`,
  cursor: { column: `t.created_at`, type: 'timestamptz', descending: true },
} as const;

/** The rows of a source as an address narrows them. */
export interface Place {
  readonly source: RowSource;
  readonly values: SqlValues;
}

export interface Parents {
  /** Parents that the address names become a condition on the rows, and their ids its values. */
  narrow(source: RowSource, request: Request): Place;
  /** Answers 404 unless the caller may see every parent that the address names. */
  expect(database: Sequelize, request: Request, scope: SqlValues, transaction?: Transaction): Promise<void>;
}

export function placeOf(source: RowSource, request: Request): Place {
  return source.parents?.narrow(source, request) ?? { source, values: {} };
}

export type Shown = Record<string, unknown> & { id: string };

/** The list of columns of a row, with `can` computed by the same query. */
export function columnsOf(source: RowSource): string {
  const shown = Object.entries(source.columns).map(([name, sql]) => `${sql} AS "${name}"`);
  const kept = Object.entries(source.shownTo ?? {}).map(([name, who]) => `CASE WHEN (${who}) THEN NULL ELSE '${name}' END`);
  const withheld = kept.length === 0 ? [] : [`array_remove(ARRAY[${kept.join(', ')}]::text[], NULL) AS "${WITHHELD}"`];
  return [...shown, ...withheld, `${canOf(source)} AS "can"`].join(',\n  ');
}

const WITHHELD = 'withheld members';

/** A row that was read, without what its caller may not see. */
export function shownAs(source: RowSource, row: Shown): Shown {
  if (!source.shownTo && !source.opened) return row;
  const { [WITHHELD]: withheld, ...shown } = row;
  for (const name of (withheld ?? []) as string[]) delete shown[name];
  for (const [name, open] of Object.entries(source.opened ?? {})) if (name in shown) shown[name] = open(shown[name]);
  return shown as Shown;
}

function canOf(source: RowSource): string {
  const cases = Object.entries(source.can).map(([name, rule]) => {
    const known = (rule.if ?? []).filter(({ input }) => !input);
    const conditions = [rule.by, ...known.map(({ sql }) => sql)].map((sql) => `(${sql})`).join(' AND ');
    return `CASE WHEN ${conditions} THEN '${name}' END`;
  });
  return cases.length === 0 ? `ARRAY[]::text[]` : `array_remove(ARRAY[${cases.join(', ')}], NULL)`;
}

/** One row as the caller may see it, or undefined. */
export async function readRow(
  database: Sequelize,
  source: RowSource,
  id: string,
  values: SqlValues,
  transaction?: Transaction,
): Promise<Shown | undefined> {
  const sql = `SELECT ${columnsOf(source)}\nFROM ${source.table} AS t\nWHERE t.id = :row_id AND (${source.read})`;
  const [row] = await select<Shown>(database, sql, { ...values, row_id: id }, transaction);
  return row && shownAs(source, row);
}

/** A row that an operation answers with. Who may do the operation may see it: its scope is not asked again. */
export async function shownRow(
  database: Sequelize,
  source: RowSource,
  id: string,
  values: SqlValues,
  transaction?: Transaction,
): Promise<Shown> {
  const sql = `SELECT ${columnsOf(source)}, ${source.display} AS "display"\nFROM ${source.table} AS t\nWHERE t.id = :row_id`;
  const [row] = await select<Shown>(database, sql, { ...values, row_id: id }, transaction);
  if (!row) throw notFound();
  return shownAs(source, row);
}

export function etagOf(row: Readonly<Record<string, unknown>>): Record<string, string> {
  return row.row_version === undefined ? {} : { ETag: `"${String(row.row_version)}"` };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && uuid.test(text);
}
