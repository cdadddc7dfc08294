import { isIP } from 'node:net';
import { isUuid } from './rows.ts';

export const operators = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'contains', 'null', 'any', 'all'] as const;
export type Operator = (typeof operators)[number];

/** One field that a list can be filtered by. */
export interface Filter {
  readonly operators: readonly Operator[];
  /** What a value looks like, for the message. */
  readonly expected: string;
  /** Brings the text of a value into the form that is bound; undefined when it is none. */
  readonly parse: (text: string) => string | undefined;
  /** The condition; `:value` (or `:value` as an array, for `in`, `any` and `all`) is replaced by the parameter. */
  readonly condition: (operator: Operator, parameter: string) => string;
}

const compared: Partial<Record<Operator, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function column(sql: string, type: string, allowed: readonly Operator[], expected: string, parse: Filter['parse']): Filter {
  return {
    operators: [...allowed, 'null'],
    expected,
    parse,
    condition(operator, parameter) {
      if (operator === 'ne') return `${sql} IS DISTINCT FROM ${parameter}::${type}`;
      if (operator === 'in') return `${sql} = ANY(${parameter}::${type}[])`;
      if (operator === 'null') return `(${sql} IS NULL) = ${parameter}`;
      if (operator === 'contains') return `${sql} ILIKE ${parameter}`;
      return `${sql} ${compared[operator] ?? '='} ${parameter}::${type}`;
    },
  };
}

const equality: readonly Operator[] = ['eq', 'ne', 'in'];
const ordering: readonly Operator[] = [...equality, 'lt', 'lte', 'gt', 'gte'];

export function text(sql: string): Filter {
  return column(sql, 'text', [...equality, 'contains'], 'text of at most 200 characters', (value) => (value.length <= 200 ? value : undefined));
}

export function choice(sql: string, members: readonly string[]): Filter {
  return column(sql, 'text', equality, `one of ${members.join(', ')}`, (value) => (members.includes(value) ? value : undefined));
}

export function flag(sql: string): Filter {
  return column(sql, 'boolean', ['eq', 'ne'], 'true or false', (value) => (value === 'true' || value === 'false' ? value : undefined));
}

export function uuid(sql: string): Filter {
  return column(sql, 'uuid', equality, 'an id', (value) => (isUuid(value) ? value.toLowerCase() : undefined));
}

/** Whole numbers within `bits`. */
export function integer(sql: string, bits: 32 | 53 = 32): Filter {
  const most = bits === 32 ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
  return column(sql, bits === 32 ? 'integer' : 'bigint', ordering, 'a whole number', (value) => {
    const number = Number(value);
    return /^-?\d{1,16}$/.test(value) && Math.abs(number) <= most ? value : undefined;
  });
}

export function decimal(sql: string): Filter {
  return column(sql, 'numeric', ordering, 'a number', (value) => (/^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? value : undefined));
}

export function date(sql: string): Filter {
  return column(sql, 'date', ordering, 'a date such as 2026-01-31', (value) => (isDate(value) ? value : undefined));
}

export function time(sql: string): Filter {
  return column(sql, 'time', ordering, 'a time such as 09:30:00', (value) => (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(value) ? value : undefined));
}

/**
 * A point in time, or a whole day by its date, in UTC. Times are kept more exactly than they are shown: one that was shown
 * stands for its whole millisecond, so that a row is found by the time that it has in an answer.
 */
export function timestamp(sql: string): Filter {
  const plain = column(sql, 'timestamptz', ordering, 'a time such as 2026-01-31T12:00:00Z', (value) =>
    isDate(value) || isTimestamp(value) ? new Date(value).toISOString() : undefined,
  );
  return {
    ...plain,
    condition(operator, parameter) {
      const from = `${parameter}::timestamptz`;
      const after = `${from} + interval '1 millisecond'`;
      if (operator === 'eq') return `(${sql} >= ${from} AND ${sql} < ${after})`;
      if (operator === 'ne') return `(${sql} >= ${from} AND ${sql} < ${after}) IS NOT TRUE`;
      if (operator === 'in') return `date_trunc('milliseconds', ${sql}) = ANY(${parameter}::timestamptz[])`;
      if (operator === 'gt') return `${sql} >= ${after}`;
      if (operator === 'lte') return `${sql} < ${after}`;
      return plain.condition(operator, parameter);
    },
  };
}

export function address(sql: string): Filter {
  return column(sql, 'inet', equality, 'an address', (value) => (isIP(value) === 0 ? undefined : value));
}

/** Linked rows: `any` of the ids, or `all` of them. */
export function links(join: { readonly table: string; readonly near: string; readonly far: string }): Filter {
  const linked = `SELECT l."${join.far}" FROM "${join.table}" AS l WHERE l."${join.near}" = t.id`;
  return {
    operators: ['any', 'all'],
    expected: 'ids, by comma',
    parse: (value) => (isUuid(value) ? value.toLowerCase() : undefined),
    condition: (operator, parameter) =>
      operator === 'any'
        ? `EXISTS (${linked} AND l."${join.far}" = ANY(${parameter}::uuid[]))`
        : `${parameter}::uuid[] <@ ARRAY(${linked})`,
  };
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(value);
}

function isTimestamp(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** What every row can be filtered by. */
export const rowFilters = { created_at: timestamp(`t.created_at`), updated_at: timestamp(`t.updated_at`) };
