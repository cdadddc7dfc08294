import type { RequestHandler } from 'express';
import { type Common, operation, valuesFor } from '../actions/operation.ts';
import { select, type SqlValue, type SqlValues } from '../database/sql.ts';
import { badRequest } from '../errors.ts';
import { queryOf } from '../http/context.ts';
import { date } from './filters.ts';
import type { RowSource } from './rows.ts';

/** A number about the rows that a caller may see: SQL over the row, called `t`. */
export interface Metric {
  /** The aggregate: `count(*)::float8`. */
  readonly value: string;
  /** Which of the rows count. */
  readonly where?: string;
  /** What they are grouped by. */
  readonly by?: string;
  /** The time that they are grouped by, in steps. */
  readonly over?: { readonly column: string; readonly type: 'date' | 'timestamp' };
}

interface Group {
  readonly over?: string;
  readonly by?: unknown;
  readonly value: number | string | null;
}

const steps: readonly string[] = ['day', 'week', 'month'];
const MOST = 500;

export function metricOperation(common: Common & { readonly source: RowSource; readonly metric: Metric }): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    const { source, metric } = common;
    const { conditions, values } = windowOf(metric, queryOf(request));
    const where = [source.read, ...(metric.where === undefined ? [] : [metric.where]), ...conditions].map((sql) => `(${sql})`).join(' AND ');
    const found = await select<Group>(services.database, statement(source, metric, where), { ...valuesFor(services, caller), ...values });
    return { status: 200, body: answer(metric, found) };
  });
}

function statement(source: RowSource, metric: Metric, where: string): string {
  const time = metric.over && (metric.over.type === 'date' ? `${metric.over.column}::timestamp` : `${metric.over.column} AT TIME ZONE 'UTC'`);
  const groups = [
    ...(time === undefined ? [] : [`to_char(date_trunc(:step, ${time}), 'YYYY-MM-DD') AS "over"`]),
    ...(metric.by === undefined ? [] : [`${metric.by} AS "by"`]),
  ];
  const numbers = groups.map((_, index) => String(index + 1));
  const grouped = numbers.length === 0 ? '' : `\nGROUP BY ${numbers.join(', ')}`;
  // Text has an order that no group lacks: two askings give the same order.
  const order = [...(time === undefined ? [] : ['g."over" DESC']), 'g.value DESC NULLS LAST', ...(metric.by === undefined ? [] : ['g."by"::text'])];
  return `SELECT g.*\nFROM (SELECT ${[...groups, `${metric.value} AS value`].join(', ')}\nFROM ${source.table} AS t\nWHERE ${where}${grouped}) AS g
ORDER BY ${order.join(', ')}\nLIMIT ${MOST + 1}`;
}

function answer(metric: Metric, found: readonly Group[]): { readonly items: readonly Group[]; readonly more: boolean } {
  const more = found.length > MOST;
  let items = found.slice(0, MOST);
  if (!metric.over) return { items, more };
  // A step is shown whole or not at all, unless it alone is too much.
  const oldest = items.at(-1)?.over;
  if (more && items[0]?.over !== oldest) items = items.filter(({ over }) => over !== oldest);
  // The newest steps were read first. Sorting is stable, so that the order within a step stays.
  return { items: items.toSorted((one, other) => String(one.over).localeCompare(String(other.over))), more };
}

type Axis = NonNullable<Metric['over']>;

/** The part of time that is asked about, and its steps. */
function windowOf({ over }: Metric, query: URLSearchParams): { conditions: string[]; values: SqlValues } {
  const conditions = over ? [`${over.column} IS NOT NULL`] : [];
  const values: Record<string, SqlValue> = over ? { step: 'day' } : {};
  for (const [name, value] of query) {
    const read = over && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!over || !read) throw badRequest(`There is no parameter "${name.slice(0, 80)}".`, name.slice(0, 80));
    if (!read.takes(value)) throw badRequest(`"${name}" must be ${read.expected}.`, name);
    if (read.condition) conditions.push(read.condition(over));
    values[name] = value;
  }
  return { conditions, values };
}

interface Parameter {
  readonly expected: string;
  readonly takes: (value: string) => boolean;
  readonly condition?: (axis: Axis) => string;
}

const { expected, parse } = date('');
const takes = (value: string): boolean => parse(value) !== undefined;
// The column itself is compared, so that an index can be used.
const midnight = ({ type }: Axis, day: string): string => (type === 'date' ? day : `${day}::timestamp AT TIME ZONE 'UTC'`);
const parameters: Readonly<Record<string, Parameter>> = {
  step: { expected: `one of ${steps.join(', ')}`, takes: (value) => steps.includes(value) },
  from: { expected, takes, condition: (axis) => `${axis.column} >= ${midnight(axis, ':from::date')}` },
  to: { expected, takes, condition: (axis) => `${axis.column} < ${midnight(axis, '(:to::date + 1)')}` },
};
