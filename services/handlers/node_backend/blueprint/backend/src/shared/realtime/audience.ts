import type { DomainEvent } from '../actions/events.ts';
import { valuesFor } from '../actions/operation.ts';
import { select, substituted, type SqlValues } from '../database/sql.ts';
import type { LiveSource } from '../live.ts';
import type { Caller } from '../policy/caller.ts';
import { columnsOf, type Shown, shownAs } from '../query/rows.ts';
import type { Services } from '../services.ts';

/** An event as the outbox keeps it, with its position. */
export interface PositionedEvent extends DomainEvent {
  readonly position: number;
  /** Who saw the row before it was deleted, where that is known. */
  readonly audience: readonly string[] | null;
}

/** Somebody who may receive something. */
export interface Receiver {
  readonly caller: Caller;
}

/**
 * For each receiver who is to hear of an event, the row as they may read it; null where there is no row any more. Receivers with the same
 * permissions are asked for together: one query, however many look at the same row.
 */
export async function deliveries<R extends Receiver>(services: Services, live: LiveSource, event: PositionedEvent, receivers: readonly R[]): Promise<Map<R, Shown | null>> {
  const found = new Map<R, Shown | null>();
  for (const group of alike(receivers)) {
    const rows = await rowsFor(services, live, event.rowId, group);
    for (const [receiver, row] of rows) found.set(receiver, row);
    if (!event.name.endsWith('.deleted')) continue;
    for (const receiver of await mourners(services, live, event, group)) if (!found.has(receiver)) found.set(receiver, null);
  }
  return found;
}

/** Who of them is to hear of something at a row. */
export async function hearers<R extends Receiver>(services: Services, live: LiveSource, id: string, receivers: readonly R[]): Promise<R[]> {
  const found: R[] = [];
  for (const group of alike(receivers)) found.push(...(await rowsFor(services, live, id, group)).keys());
  return found;
}

async function rowsFor<R extends Receiver>(services: Services, { source, users }: LiveSource, id: string, group: readonly R[]): Promise<Map<R, Shown>> {
  const listed = users === 'readers' ? 'TRUE' : `"to".actor IN (${users})`;
  const rows = await ask<Shown & { receiver: number }>(
    services,
    group,
    `SELECT "to".receiver AS receiver, ${columnsOf(source)} FROM ${RECEIVERS} CROSS JOIN ${source.table} AS t
     WHERE t.id = :row_id AND (${listed}) AND (${source.read})`,
    { row_id: id },
  );
  return new Map(rows.map(({ receiver, ...row }) => [group[receiver - 1] as R, shownAs(source, row as Shown)]));
}

/** Who hears that a row is gone: those who saw it before, or, by the row as it was, those who would. */
async function mourners<R extends Receiver>(services: Services, { source, users }: LiveSource, event: PositionedEvent, group: readonly R[]): Promise<R[]> {
  const heard = new Set(event.audience ?? []);
  const known = group.filter(({ caller }) => heard.has(caller.userId ?? ''));
  if (!event.before) return known;
  const condition = users === 'readers' ? source.read : `"to".actor IN (${users})`;
  const rows = await ask<{ receiver: number }>(
    services,
    group,
    `SELECT "to".receiver AS receiver FROM ${RECEIVERS} CROSS JOIN jsonb_populate_record(NULL::${source.table}, :row_before::jsonb) AS t WHERE ${condition}`,
    { row_before: JSON.stringify(event.before) },
  );
  return [...new Set([...known, ...rows.map(({ receiver }) => group[receiver - 1] as R)])];
}

const RECEIVERS = `unnest(:to_actors::uuid[], :to_sessions::uuid[]) WITH ORDINALITY AS "to" (actor, session, receiver)`;

/** Asks for a whole group: where a scope names the caller, the query means each of them. */
function ask<T extends object>(services: Services, group: readonly Receiver[], sql: string, values: SqlValues): Promise<T[]> {
  const [first] = group;
  if (!first) return Promise.resolve([]);
  return select<T>(services.database, substituted(sql, { actorId: '"to".actor', sessionId: '"to".session' }), {
    ...valuesFor(services, first.caller),
    ...values,
    to_actors: group.map(({ caller }) => caller.userId ?? ''),
    to_sessions: group.map(({ caller }) => caller.sessionId ?? ''),
  });
}

function alike<R extends Receiver>(receivers: readonly R[]): R[][] {
  return [...Map.groupBy(receivers, ({ caller }) => [...caller.permissions].toSorted().join()).values()]; //@no-organizations
  //@organizations const place = ({ organizationId, permissions, here }: Caller): string =>
    //@organizations [organizationId, [...permissions].toSorted().join(), [...here].toSorted().join()].join('|');
  //@organizations return [...Map.groupBy(receivers, ({ caller }) => place(caller)).values()];
}
