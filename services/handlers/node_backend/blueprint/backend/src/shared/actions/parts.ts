import type { CreationAttributes } from 'sequelize';
import type { Row, RowClass } from '../database/row.ts';
import { quoted, type SqlValue } from '../database/sql.ts';
import type { RowSource } from '../query/rows.ts';
import { hold } from './rows.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** The parts of a row, which are written with it. */
export interface Parts<P extends AnyRow> {
  readonly source: RowSource;
  readonly model: RowClass<P>;
  /** Column that holds the id of the parent. */
  readonly near: string;
  /** Who may add a part: SQL over the new row, called `t`. */
  readonly create: string;
  /** Who may take one away. */
  readonly remove: string;
}

/**
 * Makes `wanted` the whole set of the parts of `parent`. A part that is there with the same values stays as it is; of each other one
 * that goes or comes it is asked whether the caller may. Undefined or null leaves all as it is.
 */
export async function replaceParts<P extends AnyRow>(
  unit: Unit,
  { source, model, near, create, remove }: Parts<P>,
  parent: AnyRow,
  wanted: readonly CreationAttributes<P>[] | null | undefined,
): Promise<void> {
  if (!wanted) return;
  const left = [...wanted];
  const there = model.tombstone ? ' AND t.deleted_at IS NULL' : '';
  for (const part of await unit.where(model, `t.${quoted(near)} = :parent_id${there}`, { parent_id: parent.id })) {
    const same = left.findIndex((values) => holds(part, values));
    if (same >= 0) {
      left.splice(same, 1);
      continue;
    }
    await hold(unit, source, part, [{ sql: remove, message: '', status: 403 }]);
    await unit.remove(part);
  }
  for (const values of left) {
    const part = await unit.create(model, values);
    await hold(unit, source, part, [{ sql: create, message: '', status: 403 }]);
  }
}

function holds(part: AnyRow, values: object): boolean {
  const columns = part.get() as Record<string, unknown>;
  return Object.entries(values as Record<string, SqlValue>).every(
    ([column, value]) => value === undefined || String(columns[column] ?? '') === String(value ?? ''),
  );
}
