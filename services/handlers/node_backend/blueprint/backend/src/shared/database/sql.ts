import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

export type SqlValue = string | number | boolean | null | Date | readonly string[];

/** Values of the named parameters of a statement. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

// Strings, quoted names and casts are stepped over; what remains of `:name` is a parameter.
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:([a-z_]\w*)/gi;

/** Types that PostgreSQL cannot always infer from where the parameter stands. */
const casts: Readonly<Record<string, string>> = { actorId: '::uuid', sessionId: '::uuid', now: '::timestamptz' };

/** Turns `:name` into bound parameters. A name without a value is a mistake of ours and throws. */
export function bind(sql: string, values: SqlValues): { query: string; bind: SqlValue[] } {
  const bound: SqlValue[] = [];
  const positions = new Map<string, number>();
  const query = sql.replaceAll(token, (whole: string, name: string | undefined, offset: number) => {
    if (name === undefined) return whole.replaceAll('$', '$$$$');
    // An input that was left out is nothing.
    if (!Object.hasOwn(values, name) && !name.startsWith('input_')) throw new Error(`No value for the parameter :${name}`);
    const value = values[name] ?? null;
    let position = positions.get(name);
    if (position === undefined) {
      position = bound.push(value);
      positions.set(name, position);
    }
    const cast = casts[name] ?? (typeof value === 'boolean' ? '::boolean' : value instanceof Date ? '::timestamptz' : '');
    return `$${position}${sql.startsWith('::', offset + whole.length) ? '' : cast}`;
  });
  return { query, bind: bound };
}

/** Puts SQL in the place of parameters, by their names. */
export function substituted(sql: string, replacements: Readonly<Record<string, string>>): string {
  return sql.replaceAll(token, (whole: string, name: string | undefined) =>
    name !== undefined && Object.hasOwn(replacements, name) ? (replacements[name] ?? whole) : whole,
  );
}

/** Runs a statement with named parameters and gives its rows. */
export async function select<T extends object>(
  sequelize: Sequelize,
  sql: string,
  values: SqlValues = {},
  transaction?: Transaction,
): Promise<T[]> {
  const { query, bind: bound } = bind(sql, values);
  return sequelize.query<T>(query, { bind: bound, type: QueryTypes.SELECT, ...(transaction && { transaction }) });
}

/** A name as it stands in SQL. Names come from our own code, never from a caller. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
