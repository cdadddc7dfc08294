import type { Request } from 'express';
import type { Sequelize, Transaction } from 'sequelize';
import { addressId } from '../actions/operation.ts';
import { select, type SqlValues } from '../database/sql.ts';
import { notFound } from '../errors.ts';
import type { Parents } from './rows.ts';

/** A parent that an address may name: its table, which of its rows the caller may see, and the column that holds its id. */
interface Parent {
  readonly table: string;
  readonly read: string;
  readonly column: string;
}

/** The parents of a row, by the part of the address: `/api/rooms/{room_id}/messages` are the messages of one room. */
export function parents(named: Readonly<Record<string, Parent>>): Parents {
  const inAddress = (request: Request): [string, Parent][] =>
    Object.entries(named).filter(([parameter]) => request.params[parameter] !== undefined);
  return {
    narrow(source, request) {
      const found = inAddress(request);
      if (found.length === 0) return { source, values: {} };
      const conditions = found.map(([parameter, parent]) => `t.${parent.column} = :in_${parameter}`);
      const values = Object.fromEntries(found.map(([parameter]) => [`in_${parameter}`, addressId(request, parameter)]));
      return { source: { ...source, read: [`(${source.read})`, ...conditions].join(' AND ') }, values };
    },
    async expect(database: Sequelize, request: Request, scope: SqlValues, transaction?: Transaction) {
      for (const [parameter, parent] of inAddress(request)) {
        const sql = `SELECT t.id FROM ${parent.table} AS t WHERE t.id = :parent_id AND (${parent.read})`;
        const [found] = await select(database, sql, { ...scope, parent_id: addressId(request, parameter) }, transaction);
        if (!found) throw notFound();
      }
    },
  };
}
