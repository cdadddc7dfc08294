import type { Request, RequestHandler, Response } from 'express';
import type Joi from 'joi';
import type { SqlValues } from '../database/sql.ts';
import { AppError, notFound } from '../errors.ts';
import { callerOfRequest, localsOf, originOf, queryOf } from '../http/context.ts';
import { general, limited, type Rate } from '../http/rate.ts';
import { type Caller, refuse, scopeValues } from '../policy/caller.ts';
import { isUuid } from '../query/rows.ts';
import { type Origin, type Services, servicesOf } from '../services.ts';
import { check, object } from '../validate.ts';
import { idempotencyKey, once } from './idempotency.ts';
import { inTransaction } from './transaction.ts';
import type { Unit } from './unit.ts';

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
    for (const gate of services.gates) if (!(await gate(services, caller, originOf(request), common.name))) break;
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
    const input = bodyOf(common, invocation.request);
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
    const input = bodyOf(common, invocation.request);
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

/** The body of a request, checked. What takes no input refuses every field. */
export function bodyOf<Input extends object>({ input }: { readonly input?: Joi.ObjectSchema<Input> }, request: Request): Input {
  return check(input ?? (nothing as Joi.ObjectSchema<Input>), request.body ?? {});
}

const nothing = object<object>({});

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

/** An id that the address names. */
export function addressId(request: Request, parameter = 'id'): string {
  const id = request.params[parameter];
  if (!isUuid(id)) throw notFound();
  return id.toLowerCase();
}
