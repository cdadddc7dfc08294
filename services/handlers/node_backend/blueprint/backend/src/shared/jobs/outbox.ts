import { matches } from '../actions/events.ts';
import { inTransaction } from '../actions/transaction.ts';
import { stranger } from '../policy/caller.ts';
import type { Services } from '../services.ts';
import { enqueue } from './jobs.ts';

const BATCH = 200;
// Any number; it only has to be the same in every process.
const LOCK = 7_316_421;

const dispatcher = { correlation: 'dispatcher', address: null, userAgent: null };

/**
 * Gives committed events their position, and what follows them its job. A position is given after the commit and by one process at
 * a time, so that nobody who reads by position can miss an event of a slow transaction. Returns how many there were.
 */
export async function dispatch(services: Services): Promise<number> {
  return inTransaction({ ...services, wake: () => undefined }, stranger(), dispatcher, async (unit) => {
    const [lock] = await unit.query<{ ours: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS ours`);
    if (!lock?.ours) return 0;
    const events = await unit.query<{ id: string; event: string; model: string; correlation: string; position: string }>(
      `UPDATE system.outbox AS o SET position = n.position
       FROM (SELECT id, nextval('system.outbox_position') AS position
             FROM (SELECT id FROM system.outbox WHERE position IS NULL ORDER BY created_at, id LIMIT ${BATCH}) AS w) AS n
       WHERE o.id = n.id RETURNING o.id, o.event, coalesce(o.model, '') AS model, o.correlation, o.position::text`,
    );
    for (const { id, event, model: entity, correlation } of events) {
      const model = services.models.get(entity);
      for (const subscriber of services.subscribers) {
        if (subscriber.within === 'commit' && matches(subscriber, { name: event }, model)) {
          await enqueue(unit, { name: subscriber.name, key: `${subscriber.name}:${id}`, payload: { event: id }, correlation });
        }
      }
    }
    const last = events.reduce((most, { position }) => (BigInt(position) > most ? BigInt(position) : most), 0n);
    if (events.length > 0) for (const part of services.capabilities) await part.dispatched?.(unit, String(last));
    return events.length;
  });
}
