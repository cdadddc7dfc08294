import { type Row, type RowClass, tableOf } from '../database/row.ts';
import { quoted, type SqlValues } from '../database/sql.ts';
import { endOfList } from './lists.ts';
//@organizations import { inside } from './organization.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** A column that follows from the rest of its row: given where a row is made without it, and again with the columns it follows. */
export interface Computed {
  readonly column: string;
  readonly again?: readonly string[];
  value(unit: Unit, row: AnyRow): unknown;
}

/** A column whose text stands in addresses, made from another one where it is not given. */
export interface Slug {
  readonly column: string;
  readonly from: string;
  /** Characters that it may have. */
  readonly most: number;
}

/** Before a row is stored for the first time: gives it what it was made without. */
export async function complete(unit: Unit, row: AnyRow): Promise<void> {
  const { computed, lists, slugs } = row.constructor as RowClass;
  const lacks = (column: string): boolean => (plain(row)[column] ?? null) === null;
  for (const { column, value } of computed) if (lacks(column)) assign(row, column, await value(unit, row));
  for (const slug of slugs) if (lacks(slug.column)) assign(row, slug.column, await freeSlug(unit, row, slug));
  for (const list of lists) if (lacks(list.by)) assign(row, list.by, await endOfList(unit, row, list));
}

/** Before a change is stored: computes again what follows from it. What the change itself gives stays. */
export async function follow(unit: Unit, row: AnyRow, given: object): Promise<void> {
  const { computed } = row.constructor as RowClass;
  for (const { column, again, value } of computed) {
    // Asked each time: what was computed before may be what this follows.
    const changed: readonly string[] = row.changed() || [];
    if (!again?.some((name) => changed.includes(name)) || (given as Record<string, unknown>)[column] !== undefined) continue;
    assign(row, column, await value(unit, row));
  }
}

/** Where a statement finds the row, called `this`: in its table, or as it is in memory when the table does not have it so. */
export function placed(unit: Unit, row: AnyRow): { from: string; values: SqlValues } {
  const table = quoted(tableOf(row.constructor as RowClass));
  if (!row.isNewRecord && row.changed() === false) return { from: `${table} AS this WHERE this.id = :this_id`, values: { this_id: row.id } };
  // What the database gives a new row is not there yet; it will be made now.
  const made = row.isNewRecord ? { id: null, created_at: unit.now, updated_at: unit.now } : {};
  return { from: `jsonb_populate_record(NULL::${table}, :this_row::jsonb) AS this`, values: { this_row: JSON.stringify({ ...plain(row), ...made }) } };
}

function plain(row: AnyRow): Record<string, unknown> {
  return row.get({ plain: true }) as Record<string, unknown>;
}

function assign(row: AnyRow, column: string, value: unknown): void {
  row.set({ [column]: value } as object);
}

/** The slug of the row's text; with a number where others have it already. Those who want one at the same time wait for each other. */
async function freeSlug(unit: Unit, row: AnyRow, { column, from, most }: Slug): Promise<string> {
  const model = row.constructor as RowClass;
  const table = tableOf(model);
  const wanted = slugOf(String(plain(row)[from] ?? ''), most) || slugOf(model.entity, most);
  // With a number it is shorter, so that those of long texts meet here too.
  const stem = wanted.slice(0, Math.max(1, most - NUMBER)).replace(/-$/, '');
  await unit.query('SELECT pg_advisory_xact_lock(hashtextextended(:key, 0)) IS NULL AS held', { key: `${table}.${column}:${stem}` });
  const found = await unit.query<{ slug: string }>(
    `SELECT t.${quoted(column)} AS slug FROM ${quoted(table)} AS t WHERE t.${quoted(column)} = :wanted OR t.${quoted(column)} LIKE :numbered`, //@no-organizations
    //@organizations `SELECT t.${quoted(column)} AS slug FROM ${quoted(table)} AS t
    //@organizations  WHERE ${[`(t.${quoted(column)} = :wanted OR t.${quoted(column)} LIKE :numbered)`, ...inside(model)].join(' AND ')}`,
    { wanted, numbered: `${stem}-%` },
  );
  const taken = new Set(found.map(({ slug }) => slug));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** Characters kept for a number and its hyphen. */
const NUMBER = 7;
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A text as it can stand in an address: lower-case letters and digits, with hyphens between. */
export function slugOf(text: string, most: number): string {
  return text
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, most)
    .replace(/-$/, '');
}
