import { type Row, type RowClass, tableOf } from '../database/row.ts';
import { quoted } from '../database/sql.ts';
import { invalid, notFound } from '../errors.ts';
import { listOf, lockList, type Ordered } from './lists.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** The row that the moved one is to stand next to: exactly one of these. */
export interface Neighbours {
  readonly before?: string | null;
  readonly after?: string | null;
}

/** Locks the list of a row before the row itself: whoever moves takes the one first and then the other, so that no two wait for each other. */
export function lockListOf(model: RowClass): (unit: Unit, id: string) => Promise<void> {
  return async (unit, id) => {
    const ordered = orderOf(model);
    const columns = ordered.within.map((column) => `, t.${quoted(column)}`).join('');
    const [row] = await unit.query<Record<string, unknown>>(`SELECT t.id${columns} FROM ${quoted(tableOf(model))} AS t WHERE t.id = :row_id`, { row_id: id });
    if (!row) throw notFound();
    await lockList(unit, model, ordered, row);
  };
}

/** Puts a row before or after another one of its list. Those between give way; the positions of the list stay the same together. */
export async function moveRow(unit: Unit, row: AnyRow, input: Neighbours): Promise<void> {
  const model = row.constructor as RowClass;
  const ordered = orderOf(model);
  const [table, by] = [quoted(tableOf(model)), quoted(ordered.by)];
  const { where, values } = listOf(model, ordered, row.get({ plain: true }) as Record<string, unknown>);
  const found = await unit.query<{ id: string; position: number | null }>(
    `SELECT t.id, t.${by} AS position FROM ${table} AS t WHERE ${where} ORDER BY t.${by} NULLS LAST, t.id`,
    values,
  );
  const ids = moved(found.map(({ id }) => id), row.id, input);
  const known = found.flatMap(({ position }) => (position === null ? [] : [position]));
  // A list that lacks positions gets new ones.
  const positions = known.length === found.length ? known : found.map((_, index) => index + 1);
  const changes = ids.flatMap((id, index) => (found[index]?.id === id && found[index]?.position === positions[index] ? [] : [{ id, position: positions[index] }]));
  if (changes.length === 0) return;
  // One statement: the rule of the order is asked at its end.
  await unit.query(
    `UPDATE ${table} AS t SET ${by} = m.position FROM unnest(:moved::uuid[], :positions::int[]) AS m (id, position) WHERE t.id = m.id`,
    { moved: changes.map(({ id }) => id), positions: changes.map(({ position }) => String(position)) },
  );
  await row.reload({ transaction: unit.transaction });
}

function moved(ids: readonly string[], id: string, { before, after }: Neighbours): string[] {
  const [field, neighbour] = before ? (['before', before] as const) : (['after', after] as const);
  if (!neighbour || (before && after)) throw invalid([{ field: 'before', code: 'required', message: 'Name the row that it is to stand before, or the one after which, not both.' }]);
  if (!ids.includes(neighbour)) throw invalid([{ field, code: 'reference', message: 'This stands in another list.' }]);
  if (neighbour === id) return [...ids];
  const others = ids.filter((other) => other !== id);
  return others.toSpliced(others.indexOf(neighbour) + (field === 'after' ? 1 : 0), 0, id);
}

function orderOf(model: RowClass): Ordered {
  const [ordered] = model.lists;
  if (!ordered) throw new Error(`${model.entity} has no order.`);
  return ordered;
}
