import type { Request, RequestHandler, Response } from 'express';
import type Joi from 'joi';
import type { Row, RowClass } from '../database/row.ts';
import { select, type SqlValues } from '../database/sql.ts';
import { AppError, conflict, notFound } from '../errors.ts';
import { callerOfRequest, localsOf, originOf, queryOf } from '../http/context.ts';
import { general, limited, type Rate } from '../http/rate.ts';
import { type Caller, refuse, scopeValues } from '../policy/caller.ts';
import { passGates } from '../policy/gates.ts';
import { listChoices, listRows } from '../query/list.ts';
import { etagOf, isUuid, readRow, type RowCondition, type RowSource, type Shown, shownRow } from '../query/rows.ts';
import { type Origin, type Services, servicesOf } from '../services.ts';
import { check } from '../validate.ts';
import { idempotencyKey, once } from './idempotency.ts';
import { expectParents, parentId, placeOf } from './parents.ts';
import { built, inTransaction, type Unit } from './unit.ts';

type AnyRow = Row<object, object>;

export interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request brings to an operation that writes nothing. */
export interface Invocation {
  readonly services: Services;
  readonly caller: Caller;
  readonly origin: Origin;
  readonly request: Request;
  readonly response: Response;
}

export interface Common {
  /** As the contract calls it: `User.deactivate`, `login`. */
  readonly name: string;
  /** Who may, where no row decides: asked before anything else is looked at. */
  readonly by?: (caller: Caller, services: Services) => boolean;
  readonly rate?: Rate;
  /** Whether its body has a file, which is read while it comes in. */
  readonly takesFile?: boolean;
}

/** A condition on a row after it was written; the transaction ends with the message where it does not hold. */
export interface Guard {
  readonly sql: string;
  readonly message: string;
  readonly status?: 403 | 409;
}

/** The steps that every operation begins with: who calls, how often, and whether such a caller may at all. */
export function operation(common: Common, answer: (invocation: Invocation) => Promise<Reply>): RequestHandler[] {
  const identify: RequestHandler = async (request, response, next) => {
    if (!common.takesFile && request.is('multipart/form-data')) throw new AppError(415, 'unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
    const services = servicesOf(request);
    localsOf(response).caller = await services.identify(request, services);
    next();
  };
  const run: RequestHandler = async (request, response) => {
    const services = servicesOf(request);
    const caller = callerOfRequest(response);
    await passGates(services, caller, originOf(request), common.name);
    if (common.by && !common.by(caller, services)) refuse(caller);
    const reply = await answer({ services, caller, origin: originOf(request), request, response });
    // A file has been sent while it was read.
    if (response.headersSent) return;
    response.status(reply.status).set(reply.headers ?? {});
    if (reply.body === undefined) response.end();
    else response.json(reply.body);
  };
  return common.rate ? [identify, general, limited(common.rate, common.name), run] : [identify, general, run];
}

export function listOperation(common: Common & { readonly source: RowSource }): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    const place = placeOf(common.source, request);
    const values = { ...valuesFor(services, caller), ...place.values };
    const page = await listRows(services.database, place.source, queryOf(request), values);
    // Whoever sees a row sees its parent; only of an empty list it is not known yet.
    if (page.items.length === 0) await expectParents(services.database, common.source, request, values);
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
    const row = await readRow(services.database, place.source, rowId(request), values);
    if (!row) throw notFound();
    return rowReply(200, row);
  });
}

/** Adds a row: 201 with its address. */
export function createOperation<Input extends object, R extends AnyRow>(
  common: Common & {
    readonly source: RowSource;
    readonly input: Joi.ObjectSchema<Input>;
    readonly guards?: readonly Guard[];
    /** Address of the collection, for that of the new row. */
    readonly path: string;
    /** Part of the address that names the parent of the new row. */
    readonly within?: string;
    readonly run: (unit: Unit, input: Input, parent: string) => Promise<R>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = check(common.input, invocation.request.body ?? {});
    const parent = common.within === undefined ? '' : parentId(invocation.request, common.within);
    return write(common.name, invocation, async (unit) => {
      await expectParents(unit.services.database, common.source, invocation.request, unit.values, unit.transaction);
      const row = await common.run(unit, input, parent);
      await hold(unit, common.source, row, common.guards);
      await unit.conclude(row, 'created', null);
      const reply = await shownReply(unit, common.source, row, 201);
      return { ...reply, headers: { ...reply.headers, Location: `${common.path}/${row.id}` } };
    });
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
    readonly run: (unit: Unit, row: R, input: Input) => Promise<object | void>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = common.input ? check(common.input, invocation.request.body ?? {}) : ({} as Input);
    const id = rowId(invocation.request);
    return write(
      common.name,
      invocation,
      async (unit) => {
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
    const id = rowId(invocation.request);
    return write(common.name, invocation, async (unit) => {
      const row = await judged(unit, { ...common, rule: 'delete' }, id, invocation.request);
      await common.run?.(unit, row);
      await unit.remove(row);
      return { status: 204 };
    });
  });
}

/** An action of no row: one transaction, answered with what `run` gives. */
export function action<Input extends object>(
  common: Common & {
    readonly input?: Joi.ObjectSchema<Input>;
    readonly idempotencyRequired?: boolean;
    /** The answer must not be kept, because it holds a secret. */
    readonly secretAnswer?: boolean;
    /** Runs after the transaction, for what belongs to the answer but not to the data: cookies. */
    readonly after?: (invocation: Invocation, body: object) => object;
    readonly run: (unit: Unit, input: Input, invocation: Invocation) => Promise<object | void>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = common.input ? check(common.input, invocation.request.body ?? {}) : ({} as Input);
    const work = async (unit: Unit): Promise<Reply> => ({ status: 200, body: (await common.run(unit, input, invocation)) ?? {} });
    const reply = common.secretAnswer
      ? await inTransaction(invocation.services, invocation.caller, invocation.origin, work)
      : await write(common.name, invocation, work, common.idempotencyRequired);
    return common.after ? { ...reply, body: common.after(invocation, reply.body ?? {}) } : reply;
  });
}

/** An action whose body is written by hand: it opens its own transactions, and its answer is never kept. */
export function nativeAction<Input extends object>(
  common: Common & {
    readonly input?: Joi.ObjectSchema<Input>;
    readonly after?: (invocation: Invocation, body: object) => object;
    readonly run: (invocation: Invocation, input: Input) => Promise<object>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = common.input ? check(common.input, invocation.request.body ?? {}) : ({} as Input);
    const body = await common.run(invocation, input);
    return { status: 200, body: common.after ? common.after(invocation, body) : body };
  });
}

/** An operation that only reads. */
export function query<Input extends object>(
  common: Common & {
    readonly input?: Joi.ObjectSchema<Input>;
    readonly run: (invocation: Invocation, input: Input) => Promise<object>;
    readonly status?: (body: object) => number;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const input = common.input ? check(common.input, Object.fromEntries(queryOf(invocation.request)), true) : ({} as Input);
    const body = await common.run(invocation, input);
    return { status: common.status?.(body) ?? 200, body };
  });
}

/** The row of an answer, read as its caller sees it. */
export function shown({ services, caller }: Invocation, source: RowSource, id: string): Promise<Shown> {
  return shownRow(services.database, source, id, valuesFor(services, caller));
}

/** Refuses references of an operation that opens its own transactions. */
export function referred(invocation: Invocation, source: Pick<RowSource, 'references'>, given: Parameters<Unit['refer']>[1]): Promise<void> {
  const { services, caller, origin } = invocation;
  return inTransaction(services, caller, origin, (unit) => unit.refer(source, given));
}

/** Answers 409 with the message of the first condition that does not hold now. */
export async function possible(invocation: Invocation, conditions: readonly RowCondition[], input: object): Promise<void> {
  const { origin } = invocation;
  const request = { request_id: origin.correlation, request_ip: origin.address, request_user_agent: origin.userAgent };
  for (const { sql, message } of conditions) {
    if (!(await asked<boolean>(invocation, sql, { ...request, ...inputValues(input) }))) throw conflict(message);
  }
}

/** What a SQL expression gives, seen by the caller. */
export async function asked<T>({ services, caller }: Invocation, sql: string, values: SqlValues = {}): Promise<T> {
  const [row] = await select<{ value: T }>(services.database, `SELECT (${sql}) AS value`, { ...valuesFor(services, caller), ...values });
  return row?.value as T;
}

export function valuesFor(services: Services, caller: Caller) {
  return scopeValues(caller, services.permissions, services.settings, new Date());
}

export function write(name: string, invocation: Invocation, work: (unit: Unit) => Promise<Reply>, keyRequired = false): Promise<Reply> {
  const { services, caller, origin, request } = invocation;
  const key = request.method === 'POST' ? idempotencyKey(request, keyRequired) : undefined;
  return inTransaction(services, caller, origin, (unit) =>
    key === undefined ? work(unit) : once(unit, name, key, request, () => work(unit)),
  );
}

/** The input as conditions may name it: `:input_quantity`. */
export function inputValues(input: object): SqlValues {
  const plain = Object.entries(input).filter(([, value]) => value === null || typeof value !== 'object');
  return Object.fromEntries(plain.map(([name, value]) => [`input_${name}`, value]));
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

export async function hold(unit: Unit, source: RowSource, row: AnyRow, guards: readonly Guard[] = []): Promise<void> {
  if (guards.length === 0) return;
  const checks = guards.map(({ sql }, index) => `(${sql}) AS "${index}"`).join(', ');
  const [held] = await unit.query<Record<string, boolean>>(`SELECT ${checks} FROM ${source.table} AS t WHERE t.id = :row_id`, { row_id: row.id });
  for (const [index, guard] of guards.entries()) {
    if (held?.[String(index)]) continue;
    if (guard.status === 403) refuse(unit.caller);
    throw conflict(guard.message);
  }
}

export async function shownReply(unit: Unit, source: RowSource, row: AnyRow, status: number): Promise<Reply> {
  const shown = await readRow(unit.services.database, source, row.id, unit.values, unit.transaction);
  // The change may have moved the row out of the caller's sight.
  return shown ? rowReply(status, shown) : { status, body: { id: row.id } };
}

function rowReply(status: number, row: Shown): Reply {
  return { status, body: row, headers: etagOf(row) };
}

export function rowId(request: Request): string {
  const { id } = request.params;
  if (!isUuid(id)) throw notFound();
  return id.toLowerCase();
}
