import type { Request, RequestHandler } from 'express';
import type Joi from 'joi';
import { built, type Row, type RowClass } from '../database/row.ts';
import type { SqlValues } from '../database/sql.ts';
import { AppError, conflict, notFound } from '../errors.ts';
import { queryOf } from '../http/context.ts';
import { refuse } from '../policy/caller.ts';
import { listChoices, listRows } from '../query/list.ts';
import { etagOf, placeOf, readRow, type RowSource, type Shown } from '../query/rows.ts';
import { addressId, bodyOf, type Common, inputValues, operation, type Reply, valuesFor, write } from './operation.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** A condition on a row after it was written; the transaction ends with the message where it does not hold. */
export interface Guard {
  readonly sql: string;
  readonly message: string;
  readonly status?: 403 | 409;
}

export function listOperation(common: Common & { readonly source: RowSource }): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    const place = placeOf(common.source, request);
    const values = { ...valuesFor(services, caller), ...place.values };
    const page = await listRows(services.database, place.source, queryOf(request), values);
    // Whoever sees a row sees its parent; only of an empty list it is not known yet.
    if (page.items.length === 0) await common.source.parents?.expect(services.database, request, values);
    return { status: 200, body: page };
  });
}

export function choicesOperation(common: Common & { readonly source: RowSource }): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    return { status: 200, body: await listChoices(services.database, common.source, queryOf(request), valuesFor(services, caller)) };
  });
}

export function readOperation(common: Common & { readonly source: RowSource }): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    const place = placeOf(common.source, request);
    const values = { ...valuesFor(services, caller), ...place.values };
    const row = await readRow(services.database, place.source, addressId(request), values);
    if (!row) throw notFound();
    return rowReply(200, row);
  });
}

/** Adds a row: 201 with its address. */
export function createOperation<Input extends object, R extends AnyRow>(
  common: Common & {
    readonly source: RowSource;
    readonly input?: Joi.ObjectSchema<Input>;
    readonly guards?: readonly Guard[];
    /** Address of the collection, for that of the new row. */
    readonly path: string;
    /** Part of the address that names the parent of the new row. */
    readonly within?: string;
    readonly idempotencyRequired?: boolean;
    readonly run: (unit: Unit, input: Input, parent: string) => Promise<R>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = bodyOf(common, invocation.request);
    const parent = common.within === undefined ? '' : addressId(invocation.request, common.within);
    return write(common.name, invocation, async (unit) => {
      await common.source.parents?.expect(unit.services.database, invocation.request, unit.values, unit.transaction);
      const row = await common.run(unit, input, parent);
      await hold(unit, common.source, row, common.guards);
      await unit.conclude(row, 'created', null);
      const reply = await madeReply(unit, common.source, row);
      return { ...reply, headers: { ...reply.headers, Location: `${common.path}/${row.id}` } };
    }, common.idempotencyRequired);
  });
}

/** Changes a row, by an update or by an action of its own. The row is found, locked and judged before `run` sees it. */
export function rowOperation<Input extends object, R extends AnyRow>(
  common: Common & {
    readonly source: RowSource;
    readonly model: RowClass<R>;
    readonly input?: Joi.ObjectSchema<Input>;
    /** Name of its rule in `source.can`. */
    readonly rule: string;
    /** Last part of the event's name: `updated`, `deactivate`. */
    readonly event: string;
    readonly guards?: readonly Guard[];
    /** Looks for the row among those that are deleted. */
    readonly deleted?: boolean;
    readonly idempotencyRequired?: boolean;
    /** What is done before the row is locked: other locks that everybody takes first. */
    readonly prepare?: (unit: Unit, id: string) => Promise<void>;
    readonly run: (unit: Unit, row: R, input: Input) => Promise<object | void>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = bodyOf(common, invocation.request);
    const id = addressId(invocation.request);
    return write(
      common.name,
      invocation,
      async (unit) => {
        await common.prepare?.(unit, id);
        const row = await judged(unit, common, id, invocation.request, inputValues(input));
        const before = row.snapshot();
        const answer = await common.run(unit, row, input);
        await hold(unit, common.source, row, common.guards);
        await unit.conclude(row, common.event, before);
        return answer ? { status: 200, body: answer } : shownReply(unit, common.source, row, 200);
      },
      common.idempotencyRequired,
    );
  });
}

export function deleteOperation<R extends AnyRow>(
  common: Common & {
    readonly source: RowSource;
    readonly model: RowClass<R>;
    /** What goes before the row itself. */
    readonly run?: (unit: Unit, row: R) => Promise<void>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const id = addressId(invocation.request);
    return write(common.name, invocation, async (unit) => {
      const row = await judged(unit, { ...common, rule: 'delete' }, id, invocation.request);
      await common.run?.(unit, row);
      await unit.remove(row);
      return { status: 204 };
    });
  });
}

/** Finds the row within the read scope (404), locks it, and then asks by whom (403), which version (412) and whether now (409). */
async function judged<R extends AnyRow>(
  unit: Unit,
  common: { readonly source: RowSource; readonly model: RowClass<R>; readonly rule: string; readonly deleted?: boolean },
  id: string,
  request: Request,
  values: SqlValues = {},
): Promise<R> {
  const { source, values: placed } = placeOf(common.source, request);
  const rule = source.can[common.rule];
  if (!rule) throw new Error(`${common.rule} is no operation on a row.`);
  const scope = common.deleted ? (source.deleted ?? 'FALSE') : source.read;
  const locked = await unit.query(`SELECT t.id FROM ${source.table} AS t WHERE t.id = :row_id AND (${scope}) FOR NO KEY UPDATE OF t`, { ...placed, row_id: id });
  if (locked.length === 0) throw notFound();
  // Asked after the lock, by a statement of its own: it sees what those who held the lock before have left.
  const conditions = rule.if ?? [];
  const checks = conditions.map(({ sql }, index) => `, (${sql}) AS "if ${index}"`).join('');
  const [row] = await unit.query<Record<string, unknown>>(
    `SELECT t.*, (${scope}) AS "may read", (${rule.by}) AS "may act"${checks} FROM ${source.table} AS t WHERE t.id = :row_id`,
    { ...values, ...placed, row_id: id },
  );
  if (!row?.['may read']) throw notFound();
  if (!row['may act']) refuse(unit.caller);
  expectVersion(request, row.row_version);
  for (const [index, condition] of conditions.entries()) {
    if (!row[`if ${index}`]) throw conflict(condition.message);
  }
  const columns = Object.entries(row).filter(([name]) => !name.includes(' '));
  return built(common.model, Object.fromEntries(columns));
}

function expectVersion(request: Request, version: unknown): void {
  const expected = request.get('if-match');
  if (expected === undefined || version === undefined || expected.trim() === '*') return;
  const tags = expected.split(',').map((tag) => tag.trim());
  if (!tags.includes(`"${String(version)}"`)) {
    throw new AppError(412, 'precondition_failed', 'Somebody else has changed this in the meantime.');
  }
}

/** Asks all conditions on the row at once, and ends the transaction with the message of the first that fails. */
export async function hold(
  unit: Unit,
  source: Pick<RowSource, 'table'>,
  row: AnyRow,
  guards: readonly Guard[] = [],
  values: SqlValues = {},
): Promise<void> {
  if (guards.length === 0) return;
  const checks = guards.map(({ sql }, index) => `(${sql}) AS "${index}"`).join(', ');
  const sql = `SELECT ${checks} FROM ${source.table} AS t WHERE t.id = :row_id`;
  const [held] = await unit.query<Record<string, boolean>>(sql, { ...values, row_id: row.id });
  for (const [index, guard] of guards.entries()) {
    if (held?.[String(index)]) continue;
    if (guard.status === 403) refuse(unit.caller);
    throw conflict(guard.message);
  }
}

/** Refuses an input that names a field which this caller may not write in this row; `allowed` is SQL over the row, called `t`. */
export async function permittedIn(
  unit: Unit,
  source: Pick<RowSource, 'table'>,
  row: AnyRow,
  allowed: Readonly<Record<string, string>>,
  input: object,
): Promise<void> {
  const asked = Object.entries(allowed).filter(([field]) => Object.hasOwn(input, field));
  const guards = asked.map(([field, sql]): Guard => ({ sql, message: `${field} cannot be written.`, status: 403 }));
  await hold(unit, source, row, guards);
}

/** A new row. Who made it has said what is in it, and is told the rest even where they may not see it again. */
async function madeReply(unit: Unit, source: RowSource, row: AnyRow): Promise<Reply> {
  const reply = await shownReply(unit, source, row, 201);
  return reply.status === 204 ? shownReply(unit, { ...source, read: 'TRUE', can: {} }, row, 201) : reply;
}

/** The row as the caller may see it now; 204 where the change has moved it out of their sight. */
export async function shownReply(unit: Unit, source: RowSource, row: AnyRow, status: number): Promise<Reply> {
  const shown = await readRow(unit.services.database, source, row.id, unit.values, unit.transaction);
  return shown ? rowReply(status, shown) : { status: 204 };
}

function rowReply(status: number, row: Shown): Reply {
  return { status, body: row, headers: etagOf(row) };
}
