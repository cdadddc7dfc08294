import type { RequestHandler } from 'express';
import { select } from '../database/sql.ts';
import { conflict, notFound } from '../errors.ts';
import { refuse } from '../policy/caller.ts';
import type { RowSource } from '../query/rows.ts';
import { addressId, bodyOf, type Common, operation, valuesFor } from './operation.ts';

/** Tells those who look at a row that something happens there now: nothing is stored, and nobody hears of it later. */
export function signalOperation(
  common: Common & {
    readonly source: RowSource;
    /** Name of its rule in `source.can`. */
    readonly rule: string;
  },
): RequestHandler[] {
  return operation(common, async ({ services, caller, request }) => {
    bodyOf({}, request);
    const { source } = common;
    const rule = source.can[common.rule];
    if (!rule) throw new Error(`${common.rule} is no operation on a row.`);
    const conditions = rule.if ?? [];
    const checks = conditions.map(({ sql }, index) => `, (${sql}) AS "if ${index}"`).join('');
    const sql = `SELECT (${rule.by}) AS "may act"${checks} FROM ${source.table} AS t WHERE t.id = :row_id AND (${source.read})`;
    const id = addressId(request);
    const [row] = await select<Record<string, boolean>>(services.database, sql, { ...valuesFor(services, caller), row_id: id });
    if (!row) throw notFound();
    if (!row['may act']) refuse(caller);
    for (const [index, condition] of conditions.entries()) {
      if (!row[`if ${index}`]) throw conflict(condition.message);
    }
    await services.live?.signal({ name: common.name, model: source.model.entity, id, actorId: caller.userId });
    return { status: 200, body: {} };
  });
}
