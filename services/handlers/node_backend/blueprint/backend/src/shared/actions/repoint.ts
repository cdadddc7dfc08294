import { isClash } from '../constraints.ts';
import { type Row, type RowClass, tableOf } from '../database/row.ts';
import { quoted, type SqlValues } from '../database/sql.ts';
import { conflict } from '../errors.ts';
import type { Changes, JoinTable, Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** A column that refers to rows of the model in question. */
export interface Pointing {
  readonly model: RowClass;
  readonly column: string;
  /** The column that says of which model the row is, and the name of the one in question, where there are several. */
  readonly kind?: { readonly column: string; readonly name: string };
  /** Whether it may be empty. */
  readonly optional?: boolean;
}

interface Merging {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly Pointing[];
  readonly joins?: readonly JoinTable[];
}

/**
 * Lets everything that refers to the row `from` refer to `to` instead, each change with its event. What may be there once only, and is
 * there for `to` already, is removed.
 */
export async function repoint(unit: Unit, { from, to, columns, joins = [] }: Merging): Promise<void> {
  if (from === to) throw conflict('A row cannot take its own place.');
  for (const each of columns) {
    const { where, values } = conditionOf(each, from);
    for (const row of await unit.where(each.model, where, values)) await turn(unit, each, row, to);
    // What was deleted and is kept tells nobody; it may be brought back.
    if (each.model.soft) await unit.query(`UPDATE ${quoted(tableOf(each.model))} AS t SET ${quoted(each.column)} = :to::uuid WHERE ${where}`, { ...values, to });
  }
  for (const { table, near, far } of joins) {
    const [name, mine, other] = [quoted(table), quoted(near), quoted(far)];
    await unit.query(
      `INSERT INTO ${name} (${mine}, ${other}) SELECT :to::uuid, l.${other} FROM ${name} AS l WHERE l.${mine} = :from AND l.${other} <> :to ON CONFLICT DO NOTHING`,
      { from, to },
    );
    await unit.query(`DELETE FROM ${name} WHERE ${mine} = :from`, { from });
  }
}

function conditionOf({ column, kind }: Pointing, from: string): { where: string; values: SqlValues } {
  const where = `t.${quoted(column)} = :from`;
  return kind ? { where: `${where} AND t.${quoted(kind.column)} = :kind`, values: { from, kind: kind.name } } : { where, values: { from } };
}

async function turn(unit: Unit, { model, column, optional }: Pointing, row: AnyRow, to: string): Promise<void> {
  // A row does not begin to refer to itself.
  const itself = row.id === to;
  if (itself && !optional) throw conflict('What takes the place of this refers to it.');
  await unit.query('SAVEPOINT repoint');
  try {
    await unit.update(row, { [column]: itself ? null : to } as Changes<AnyRow>);
    await unit.query('RELEASE SAVEPOINT repoint');
  } catch (error) {
    if (!isClash(error)) throw error;
    await unit.query('ROLLBACK TO SAVEPOINT repoint');
    const there = await unit.lock(model, row.id);
    if (there) await unit.remove(there);
  }
}
