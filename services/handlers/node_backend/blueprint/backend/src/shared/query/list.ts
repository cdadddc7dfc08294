import type { Sequelize } from 'sequelize';
import { select, type SqlValue, type SqlValues } from '../database/sql.ts';
import { badRequest } from '../errors.ts';
import { type Filter, type Operator, operators } from './filters.ts';
import { columnsOf, isUuid, type RowSource, type Shown, shownAs } from './rows.ts';

export interface Page {
  readonly items: readonly Shown[];
  readonly total: number;
  readonly page: number;
  readonly page_size: number;
}

export interface CursorPage {
  readonly items: readonly Shown[];
  readonly total: number;
  readonly next_cursor: string | null;
}

export interface Choices {
  readonly items: readonly { readonly id: string; readonly display: string }[];
  readonly total: number;
}

/** What a list was asked for, checked and ready to be put into SQL. Nothing of the caller's text is in a string of it. */
interface Question {
  readonly conditions: string[];
  readonly values: Record<string, SqlValue>;
  sort: string[];
  page: number;
  size: number;
  cursor: string | undefined;
}

const SIZE = 25;
const MOST = 100;
const COUNTED = 10_000;

/** A page of rows that the caller may see, counted under the same scope. */
export async function listRows(database: Sequelize, source: RowSource, query: URLSearchParams, scope: SqlValues): Promise<Page | CursorPage> {
  const question = ask(source, query);
  return source.cursor
    ? byCursor(database, source, source.cursor, question, scope)
    : byPage(database, source, question, scope);
}

async function byPage(database: Sequelize, source: RowSource, question: Question, scope: SqlValues): Promise<Page> {
  const { page, size } = question;
  const where = whereOf(source.read, question.conditions);
  const order = [...question.sort, source.order].join(', ');
  const values = { ...scope, ...question.values, limit: size, offset: (page - 1) * size };
  const sql = `SELECT ${columnsOf(source)}\nFROM (${pageOf(source, where, order)} OFFSET :offset) AS t\nORDER BY ${order}`;
  const items = await select<Shown>(database, sql, values);
  const known = items.length < size && (items.length > 0 || page === 1);
  const total = known ? (page - 1) * size + items.length : await count(database, source.table, where, values);
  return { items: items.map((row) => shownAs(source, row)), total, page, page_size: size };
}

async function byCursor(
  database: Sequelize,
  source: RowSource,
  cursor: NonNullable<RowSource['cursor']>,
  question: Question,
  scope: SqlValues,
): Promise<CursorPage> {
  const [direction, after] = cursor.descending ? ['DESC', '<'] : ['ASC', '>'];
  const where = whereOf(source.read, question.conditions);
  const values: Record<string, SqlValue> = { ...scope, ...question.values, limit: question.size + 1 };
  let from = where;
  if (question.cursor !== undefined) {
    const [key, id] = readCursor(question.cursor, cursor.type);
    values.cursor_key = key;
    values.cursor_id = id;
    from = `${where} AND (${cursor.column}, t.id) ${after} (:cursor_key::${cursor.type}, :cursor_id::uuid)`;
  }
  // The key is read as text: a Date would lose its microseconds, and rows with them.
  const order = `${cursor.column} ${direction}, t.id ${direction}`;
  const sql = `SELECT ${columnsOf(source)}, (${cursor.column})::text AS cursor_key
FROM (${pageOf(source, from, order)}) AS t\nORDER BY ${order}`;
  const found = await select<Shown & { cursor_key: string }>(database, sql, values);
  const items = found.slice(0, question.size);
  const last = found.length > question.size ? items.at(-1) : undefined;
  const next = last ? Buffer.from(JSON.stringify([last.cursor_key, last.id])).toString('base64url') : null;
  return {
    items: items.map(({ cursor_key: _key, ...row }) => shownAs(source, row as Shown)),
    total: await count(database, source.table, where, values),
    next_cursor: next,
  };
}

/** The rows of a page. They are chosen before anything is computed for them, which would be done for all that are passed over too. */
function pageOf(source: RowSource, where: string, order: string): string {
  return `SELECT t.* FROM ${source.table} AS t\nWHERE ${where}\nORDER BY ${order}\nLIMIT :limit`;
}

/** What a reference may be set to: at most a page of ids with their titles. */
export async function listChoices(database: Sequelize, source: RowSource, query: URLSearchParams, scope: SqlValues): Promise<Choices> {
  const question: Question = { conditions: [], values: {}, sort: [], page: 1, size: SIZE, cursor: undefined };
  for (const [name, value] of query) {
    refuseNul(name, value);
    if (name === 'search') search([`(${source.display})::text`], value, question);
    else if (name === 'page') question.page = whole(name, value, 1_000_000);
    else if (name === 'page_size') question.size = whole(name, value, MOST);
    else throw badRequest(`There is no parameter "${name}".`, name);
  }
  const where = whereOf(source.refer, question.conditions);
  const values = { ...scope, ...question.values, limit: question.size, offset: (question.page - 1) * question.size };
  // All titles are read to sort them, so counting them on the way costs nothing more.
  const found = await select<{ id: string; display: string; total: number }>(
    database,
    `SELECT t.id, (${source.display})::text AS display, (count(*) OVER ())::int AS total
FROM ${source.table} AS t WHERE ${where} ORDER BY 2, t.id LIMIT :limit OFFSET :offset`,
    values,
  );
  // A page beyond the last has no row that could tell.
  const total = found[0]?.total ?? (question.page === 1 ? 0 : await count(database, source.table, where, values));
  return { items: found.map(({ id, display }) => ({ id, display })), total };
}

/** Exact while few rows match. Beyond, it is what the planner expects: counting on would take longer than reading the page. */
async function count(database: Sequelize, table: string, where: string, values: SqlValues): Promise<number> {
  const matching = `SELECT FROM ${table} AS t WHERE ${where}`;
  const counted = `SELECT count(*)::int AS total FROM (${matching} LIMIT ${COUNTED + 1}) AS matching`;
  const [row] = await select<{ total: number }>(database, counted, values);
  const total = row?.total ?? 0;
  if (total <= COUNTED) return total;
  const [explained] = await select<Explained>(database, `EXPLAIN (FORMAT JSON) ${matching}`, values);
  return Math.max(total, explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

function whereOf(scope: string, conditions: readonly string[]): string {
  return [scope, ...conditions].map((sql) => `(${sql})`).join(' AND ');
}

function ask(source: RowSource, query: URLSearchParams): Question {
  const question: Question = { conditions: [], values: {}, sort: [], page: 1, size: SIZE, cursor: undefined };
  const seen = new Set<string>();
  for (const [name, value] of query) {
    refuseNul(name, value);
    if (seen.has(name)) throw badRequest(`"${name}" is given twice.`, name);
    seen.add(name);
    if (name === 'page_size') question.size = whole(name, value, MOST);
    else if (name === 'page' && !source.cursor) question.page = whole(name, value, 1_000_000);
    else if (name === 'cursor' && source.cursor) question.cursor = value;
    else if (name === 'sort' && !source.cursor) question.sort = sortOf(source, value);
    else if (name === 'search' && source.search.length > 0) search(source.search, value, question);
    else filter(source, name, value, question);
  }
  return question;
}

function filter(source: RowSource, name: string, value: string, question: Question): void {
  const match = /^(\w+)(?:\[(\w+)\])?$/.exec(name);
  const field = match?.[1] ?? '';
  const found = Object.hasOwn(source.filters, field) ? source.filters[field] : undefined;
  if (!found) throw badRequest(`There is no parameter "${name.slice(0, 80)}".`, name.slice(0, 80));
  const asked = match?.[2] ?? (found.operators.includes('eq') ? 'eq' : 'any');
  const operator = operators.find((known) => known === asked);
  if (!operator || !found.operators.includes(operator)) {
    throw badRequest(`"${field}" has no operator "${asked}". It has ${found.operators.join(', ')}.`, field);
  }
  const parameter = `filter_${question.conditions.length}`;
  question.conditions.push(found.condition(operator, `:${parameter}`));
  question.values[parameter] = valueOf(found, operator, field, value);
}

function valueOf(found: Filter, operator: Operator, field: string, value: string): SqlValue {
  if (operator === 'null') {
    if (value !== 'true' && value !== 'false') throw badRequest(`"${field}[null]" must be true or false.`, field);
    return value === 'true';
  }
  const one = (text: string): string => {
    const parsed = found.parse(text);
    if (parsed === undefined) throw badRequest(`"${field}" must be ${found.expected}.`, field);
    return parsed;
  };
  if (operator === 'contains') return pattern(one(value));
  if (operator !== 'in' && operator !== 'any' && operator !== 'all') return one(value);
  const texts = value.split(',');
  if (texts.length > MOST) throw badRequest(`"${field}" has more than ${MOST} values.`, field);
  return texts.map(one);
}

function search(columns: readonly string[], value: string, question: Question): void {
  if (value.length > 200) throw badRequest('"search" has more than 200 characters.', 'search');
  if (!value.trim()) return;
  question.values.search = pattern(value.trim());
  question.conditions.push(columns.map((sql) => `${sql} ILIKE :search`).join(' OR '));
}

function pattern(value: string): string {
  return `%${value.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

function sortOf(source: RowSource, value: string): string[] {
  const names = value.split(',');
  if (names.length > 5) throw badRequest('"sort" names more than 5 fields.', 'sort');
  return names.map((name) => {
    const descending = name.startsWith('-');
    const field = descending ? name.slice(1) : name;
    const sql = Object.hasOwn(source.sorts, field) ? source.sorts[field] : undefined;
    if (sql === undefined) throw badRequest(`Lists cannot be sorted by "${field.slice(0, 80)}".`, 'sort');
    return `${sql} ${descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`;
  });
}

/** Whether a key can be compared as what the list follows. */
const isKey: Readonly<Record<NonNullable<RowSource['cursor']>['type'], (key: string) => boolean>> = {
  timestamptz: (key) => !Number.isNaN(Date.parse(key)),
  date: (key) => /^\d{4}-\d{2}-\d{2}$/.test(key) && !Number.isNaN(Date.parse(key)),
  bigint: (key) => /^-?\d{1,18}$/.test(key),
  numeric: (key) => /^-?\d{1,40}(\.\d{1,40})?$/.test(key),
  text: (key) => !key.includes('\0'),
};

function readCursor(text: string, type: NonNullable<RowSource['cursor']>['type']): [string, string] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isUuid(value[1]) && isKey[type](value[0])) {
      return [value[0], value[1]];
    }
  } catch {
    // answered below
  }
  throw badRequest('The cursor is not one that a list answered.', 'cursor');
}

function whole(name: string, value: string, most: number): number {
  const number = Number(value);
  if (!/^\d{1,7}$/.test(value) || number < 1 || number > most) throw badRequest(`"${name}" must be a whole number from 1 to ${most}.`, name);
  return number;
}

function refuseNul(name: string, value: string): void {
  if (value.includes('\0') || name.includes('\0')) throw badRequest(`"${name.replaceAll('\0', '')}" contains a character that cannot be stored.`, name.replaceAll('\0', ''));
}
