import type { Request } from 'express';
import type { Sequelize, Transaction } from 'sequelize';
import { select, type SqlValues } from '../database/sql.ts';
import { notFound } from '../errors.ts';
import { isUuid, type RowSource } from '../query/rows.ts';

/** The rows of a source as an address narrows them: `/api/rooms/{room_id}/messages` are those of one room. */
export interface Place {
  readonly source: RowSource;
  readonly values: SqlValues;
}

/** Parents that the address names become a condition on the rows, and their ids its values. */
export function placeOf(source: RowSource, request: Request): Place {
  const named = Object.entries(source.parents ?? {}).filter(([parameter]) => request.params[parameter] !== undefined);
  if (named.length === 0) return { source, values: {} };
  const conditions = named.map(([parameter, parent]) => `t.${parent.column} = :in_${parameter}`);
  const values = Object.fromEntries(named.map(([parameter]) => [`in_${parameter}`, parentId(request, parameter)]));
  return { source: { ...source, read: [`(${source.read})`, ...conditions].join(' AND ') }, values };
}

/** Answers 404 unless the caller may see every parent that the address names. */
export async function expectParents(
  database: Sequelize,
  source: RowSource,
  request: Request,
  scope: SqlValues,
  transaction?: Transaction,
): Promise<void> {
  for (const [parameter, parent] of Object.entries(source.parents ?? {})) {
    if (request.params[parameter] === undefined) continue;
    const sql = `SELECT t.id FROM ${parent.table} AS t WHERE t.id = :parent_id AND (${parent.read})`;
    const [found] = await select(database, sql, { ...scope, parent_id: parentId(request, parameter) }, transaction);
    if (!found) throw notFound();
  }
}

/** Id of the parent that the address names. */
export function parentId(request: Request, parameter: string): string {
  const id = request.params[parameter];
  if (!isUuid(id)) throw notFound();
  return id.toLowerCase();
}
