import type { RequestHandler } from 'express';
import type Joi from 'joi';
import { addressId, type Common, type Invocation, operation, type Reply, valuesFor } from '../actions/operation.ts';
import { built, type Row } from '../database/row.ts';
import { select } from '../database/sql.ts';
import { conflict, notFound } from '../errors.ts';
import { refuse } from '../policy/caller.ts';
import type { RowSource } from '../query/rows.ts';
import { check, object } from '../validate.ts';
import { type Outgoing, send } from './outgoing.ts';
import { type Incoming, receive } from './receive.ts';

type AnyRow = Row<object, object>;

interface FileInput<Input extends object> extends Common {
  /** The other fields of the body. */
  readonly input?: Joi.ObjectSchema<Input>;
}

/** An operation whose body has a file. Its fields travel as text and are read as what the schema says. */
export function fileAction<Input extends object>(
  common: FileInput<Input> & { readonly run: (invocation: Invocation, input: Input, file: Incoming) => Promise<object> },
): RequestHandler[] {
  return operation({ ...common, takesFile: true }, async (invocation) => {
    const body = await receive(invocation.request, async (fields, file) => common.run(invocation, checked(common.input, fields), file));
    return { status: 200, body };
  });
}

/** The same on a row: it is found and judged before the body is read. */
export function fileRowAction<Input extends object, R extends AnyRow>(
  common: FileInput<Input> & OnRow & { readonly run: (invocation: Invocation, row: R, input: Input, file: Incoming) => Promise<object> },
): RequestHandler[] {
  return operation({ ...common, takesFile: true }, async (invocation) => {
    const row = await judgedRow<R>(invocation, common);
    const body = await receive(invocation.request, async (fields, file) => common.run(invocation, row, checked(common.input, fields), file));
    return { status: 200, body };
  });
}

/** Answers with a file: to be kept, never to be shown by the browser as a page of ours. */
export function fileAnswer<R extends AnyRow>(
  common: Common & OnRow & { readonly run: (invocation: Invocation, row: R) => Promise<Outgoing> },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const row = await judgedRow<R>(invocation, common);
    await send(invocation.request, invocation.response, await common.run(invocation, row));
    return SENT;
  });
}

const SENT: Reply = { status: 200 };

interface OnRow {
  readonly source: RowSource;
  /** Name of its rule in `source.can`. */
  readonly rule: string;
}

async function judgedRow<R extends AnyRow>({ services, caller, request }: Invocation, { source, rule }: OnRow): Promise<R> {
  const { by, if: conditions = [] } = source.can[rule] ?? { by: 'FALSE' };
  const checks = conditions.map(({ sql, input }, index) => `, (${input ? 'TRUE' : sql}) AS "if ${index}"`).join('');
  const [row] = await select<Record<string, unknown>>(
    services.database,
    `SELECT t.*, (${by}) AS "may act"${checks} FROM ${source.table} AS t WHERE t.id = :row_id AND (${source.read})`,
    { ...valuesFor(services, caller), row_id: addressId(request) },
  );
  if (!row) throw notFound();
  if (!row['may act']) refuse(caller);
  for (const [index, condition] of conditions.entries()) if (!row[`if ${index}`]) throw conflict(condition.message);
  return built(source.model, Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes(' ')))) as R;
}

const nothing = object({});

function checked<Input extends object>(schema: Joi.ObjectSchema<Input> | undefined, fields: Record<string, string>): Input {
  return check(schema ?? (nothing as Joi.ObjectSchema<Input>), fields, true);
}
