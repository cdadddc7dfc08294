import { select, type SqlValues } from '../database/sql.ts';
import { conflict } from '../errors.ts';
import { type RowCondition, type RowSource, type Shown, shownRow } from '../query/rows.ts';
import { type Invocation, inputValues, valuesFor } from './operation.ts';
import { inTransaction } from './transaction.ts';
import type { Unit } from './unit.ts';

/** What operations ask that open their own transactions, or none. */

/** The row of an answer, read as its caller sees it. */
export function shown({ services, caller }: Invocation, source: RowSource, id: string): Promise<Shown> {
  return shownRow(services.database, source, id, valuesFor(services, caller));
}

/** The row that a SQL expression points to, or null where it points nowhere. */
export async function shownAt(invocation: Invocation, source: RowSource, sql: string, values: SqlValues = {}): Promise<Shown | null> {
  const id = await asked<string | null>(invocation, sql, values);
  return id === null ? null : shown(invocation, source, id);
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
