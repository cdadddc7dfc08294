import type { DomainEvent } from '../actions/events.ts';
import { inTransaction, type Unit } from '../actions/unit.ts';
import { select } from '../database/sql.ts';
import { type Caller, stranger } from '../policy/caller.ts';
import type { Services } from '../services.ts';

const ATTEMPTS = 10;
const LEASE_SECONDS = 60;

export interface NewJob {
  readonly name: string;
  /** A second job with the same key is not made. */
  readonly key: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly correlation: string;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly payload: { readonly event?: string };
  readonly correlation: string;
  readonly attempts: number;
}

export async function enqueue(unit: Unit, job: NewJob): Promise<void> {
  await unit.query(
    `INSERT INTO system.jobs (name, key, payload, correlation) VALUES (:name, :key, :payload::jsonb, :correlation)
     ON CONFLICT (key) DO NOTHING`,
    { name: job.name, key: job.key, payload: JSON.stringify(job.payload), correlation: job.correlation },
  );
}

/** Takes one job that is due and does it. What fails is tried again later, each time after a longer pause. False: none was due. */
export async function workOnce(services: Services): Promise<boolean> {
  const [job] = await select<Job>(
    services.database,
    `UPDATE system.jobs SET attempts = attempts + 1, locked_until = now() + interval '${LEASE_SECONDS} seconds'
     WHERE id = (SELECT id FROM system.jobs
                 WHERE finished_at IS NULL AND failed_at IS NULL AND run_at <= now() AND (locked_until IS NULL OR locked_until < now())
                 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, name, payload, correlation, attempts`,
  );
  if (!job) return false;
  try {
    await perform(services, job);
  } catch (error) {
    services.log.failure('a job failed', error, { correlation: job.correlation, job: job.name, attempt: job.attempts });
    await postpone(services, job, error);
  }
  return true;
}

async function perform(services: Services, job: Job): Promise<void> {
  const subscriber = services.subscribers.find(({ name }) => name === job.name);
  const event = job.payload.event === undefined ? undefined : await readEvent(services, job.payload.event);
  if (!subscriber || !event) throw new Error(`Nothing is known of the job "${job.name}".`);
  // Who caused the event acts here too, but with no permission of theirs: steps ask for none.
  const caller: Caller = { ...stranger(), userId: event.actorId };
  const origin = { correlation: job.correlation, address: null, userAgent: null };
  await inTransaction(services, caller, origin, async (unit) => {
    await subscriber.run(unit, event);
    // Done in the transaction of the work: either both are kept or neither.
    await unit.query('UPDATE system.jobs SET finished_at = now(), locked_until = NULL WHERE id = :job', { job: job.id });
  });
}

async function postpone(services: Services, job: Job, error: unknown): Promise<void> {
  const seconds = Math.min(3600, 2 ** job.attempts);
  await select(
    services.database,
    `UPDATE system.jobs SET locked_until = NULL, last_error = :reason, run_at = now() + make_interval(secs => :seconds),
       failed_at = CASE WHEN attempts >= ${ATTEMPTS} THEN now() END
     WHERE id = :job RETURNING id`,
    { job: job.id, seconds, reason: (error instanceof Error ? error.message : String(error)).replaceAll('\0', '').slice(0, 1000) },
  );
}

async function readEvent(services: Services, id: string): Promise<DomainEvent | undefined> {
  const [row] = await select<DomainEvent>(
    services.database,
    `SELECT id, event AS name, model, row_id AS "rowId", title, before, after, actor_id AS "actorId" FROM system.outbox WHERE id = :id`,
    { id },
  );
  return row;
}
