import type { Request, RequestHandler } from 'express';
import type Joi from 'joi';
import type { Row, RowClass } from '../database/row.ts';
import { select, type SqlValues } from '../database/sql.ts';
import { invalid, notFound } from '../errors.ts';
import { columnsOf, type RowSource, type Shown, shownAs } from '../query/rows.ts';
import { check, unknownField } from '../validate.ts';
import { type Common, operation, valuesFor, write } from './operation.ts';
import { type Guard, hold, shownReply } from './rows.ts';
import type { Unit } from './unit.ts';

type AnyRow = Row<object, object>;

/** Longest part of an address that is looked for. */
const MOST = 200;

/** What every operation on the one row of a key is built from. */
interface Single extends Common {
  readonly source: RowSource;
  /** Condition on the row, `t`, by the caller and the parts of the address: `:at_kind`. */
  readonly at: string;
}

/** Reads the row of a key; where there is none, its defaults. */
export function readSingleOperation(
  common: Single & {
    /** Columns of a row that is not there. */
    readonly absent: (caller: string | null, at: Readonly<Record<string, string>>) => object;
  },
): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    const { source } = common;
    const at = partsOf(request);
    const values = { ...valuesFor(services, caller), ...boundParts(at) };
    const columns = columnsOf(source);
    const sql = `SELECT ${columns}\nFROM ${source.table} AS t\nWHERE ${common.at} AND (${source.read})`;
    const [row] = await select<Shown>(services.database, sql, values);
    if (row) return { status: 200, body: shownAs(source, row) };
    const absent = `SELECT ${columns}\nFROM jsonb_populate_record(NULL::${source.table}, :absent::jsonb) AS t WHERE (${source.read})`;
    const [defaults] = await select<Shown>(services.database, absent, { ...values, absent: JSON.stringify(common.absent(caller.userId, at)) });
    if (!defaults) throw notFound();
    return { status: 200, body: shownAs(source, defaults) };
  });
}

/** Adds the row of a key, or changes it. What the address says is no field of the body. */
export function putOperation<Input extends object, R extends AnyRow>(
  common: Common & {
    readonly source: RowSource;
    readonly input: Joi.ObjectSchema<Input>;
    readonly guards?: readonly Guard[];
    readonly run: (unit: Unit, input: Input) => Promise<R>;
  },
): RequestHandler[] {
  return operation(common, async (invocation) => {
    const { body, params } = invocation.request;
    const given: object = body ?? {};
    const twice = Object.keys(params).filter((name) => Object.hasOwn(given, name));
    if (twice.length > 0) throw invalid(twice.map(unknownField));
    const input = check(common.input, { ...given, ...params });
    return write(common.name, invocation, async (unit) => {
      const row = await common.run(unit, input);
      await hold(unit, common.source, row, common.guards);
      return shownReply(unit, common.source, row, 200);
    });
  });
}

/** Removes the row of a key. */
export function deleteSingleOperation(common: Single & { readonly model: RowClass }): RequestHandler[] {
  return operation(common, async (invocation) => {
    const values = boundParts(partsOf(invocation.request));
    return write(common.name, invocation, async (unit) => {
      const [row] = await unit.where(common.model, `${common.at} AND (${common.source.read})`, values);
      if (!row) throw notFound();
      const by = common.source.can.delete?.by ?? 'FALSE';
      await hold(unit, common.source, row, [{ sql: by, message: '', status: 403 }]);
      await unit.remove(row);
      return { status: 204 };
    });
  });
}

/** The parts of the address by name. What no column could hold names no row. */
function partsOf(request: Request): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params)) {
    if (typeof value !== 'string' || value.length > MOST || value.includes('\0')) throw notFound();
    parts[name] = value;
  }
  return parts;
}

function boundParts(at: Readonly<Record<string, string>>): SqlValues {
  return Object.fromEntries(Object.entries(at).map(([name, value]) => [`at_${name}`, value]));
}
