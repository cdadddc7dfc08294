import { type Row, type RowClass, tableOf } from '../database/row.ts';
import { quoted, type SqlValue, type SqlValues } from '../database/sql.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** Rows that stand in an order: each has a position in the list of those that have the same values in `within`. */
export interface Ordered {
  readonly by: string;
  readonly within: readonly string[];
}

/** Waits until nobody else changes the order of the list that has these values. */
export async function lockList(unit: Unit, model: RowClass, { by, within }: Ordered, row: Readonly<Record<string, unknown>>): Promise<void> {
  const key = [`${tableOf(model)}.${by}`, ...within.map((column) => String(row[column] ?? ''))].join(' ');
  await unit.query('SELECT pg_advisory_xact_lock(hashtextextended(:key, 0)) IS NULL AS held', { key });
}

/** The rows of the list, `t`, that has these values, as a condition. */
export function listOf(model: RowClass, { within }: Ordered, row: Readonly<Record<string, unknown>>): { where: string; values: SqlValues } {
  const same = within.map((column) => `t.${quoted(column)} IS NOT DISTINCT FROM :list_${column}`);
  const there = model.soft || model.tombstone ? ['t.deleted_at IS NULL'] : [];
  const values = Object.fromEntries(within.map((column) => [`list_${column}`, (row[column] ?? null) as SqlValue]));
  return { where: [...same, ...there].join(' AND ') || 'TRUE', values };
}

/** The position after the last one, for a new row. The list is locked until the end of the transaction. */
export async function endOfList(unit: Unit, row: AnyRow, ordered: Ordered): Promise<number> {
  const model = row.constructor as RowClass;
  const plain = row.get({ plain: true }) as Record<string, unknown>;
  await lockList(unit, model, ordered, plain);
  const { where, values } = listOf(model, ordered, plain);
  const [found] = await unit.query<{ position: number }>(
    `SELECT coalesce(max(t.${quoted(ordered.by)}), 0) + 1 AS position FROM ${quoted(tableOf(model))} AS t WHERE ${where}`,
    values,
  );
  return Number(found?.position ?? 1);
}
