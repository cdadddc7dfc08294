import { inTransaction } from '../actions/transaction.ts';
import type { Unit } from '../actions/unit.ts';
import { select } from '../database/sql.ts';
import { stranger } from '../policy/caller.ts';
import type { Services } from '../services.ts';

/** Something that is done every so often. `run` works on one batch, and says whether there may be more. */
export interface Clock {
  readonly name: string;
  readonly seconds: number;
  run(unit: Unit): Promise<boolean>;
}

/** How many rows a clock takes in one transaction. */
export const CLOCK_BATCH = 100;
const MOST_BATCHES = 1000;

/** What the application keeps for itself and needs no longer. */
export const housekeeping: Clock = {
  name: 'housekeeping',
  seconds: 3600,
  async run(unit) {
    await unit.query(`DELETE FROM system.idempotency_keys WHERE created_at < now() - interval '24 hours'`);
    const { keepDays } = unit.services.work;
    await unit.query(`DELETE FROM system.jobs WHERE finished_at < now() - make_interval(days => :days::int)`, { days: keepDays });
    await unit.query(
      `DELETE FROM system.outbox AS o WHERE o.position IS NOT NULL AND o.created_at < now() - interval '7 days'
       AND NOT EXISTS (SELECT 1 FROM system.jobs AS j WHERE j.payload ->> 'event' = o.id::text AND j.finished_at IS NULL)`,
    );
    return false;
  },
};

/** Runs each clock whose time has come. Of several processes, one takes the turn. */
export async function tick(services: Services, clocks: readonly Clock[]): Promise<void> {
  for (const clock of clocks) {
    const [turn] = await select<{ name: string }>(
      services.database,
      `INSERT INTO system.clock_runs AS c (name, started_at) VALUES (:name, now())
       ON CONFLICT (name) DO UPDATE SET started_at = now()
       WHERE c.started_at <= now() - make_interval(secs => :seconds) RETURNING c.name`,
      { name: clock.name, seconds: clock.seconds },
    );
    if (turn) await runClock(services, clock);
  }
}

/** Works through all that is due now, one transaction a batch. */
export async function runClock(services: Services, clock: Clock): Promise<void> {
  const origin = { correlation: `clock-${clock.name}`.replaceAll(/[^\w.-]/g, '-').slice(0, 64), address: null, userAgent: null };
  try {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const more = await inTransaction(services, stranger(), origin, (unit) => clock.run(unit));
      if (!more) return;
    }
  } catch (error) {
    // The next turn tries again; the other clocks must not wait for this one.
    services.log.failure('a clock failed', error, { correlation: origin.correlation });
  }
}
