import type { DomainEvent } from '../actions/events.ts';
//@organizations import { organizationOf } from '../actions/organization.ts';
import { inTransaction } from '../actions/transaction.ts';
import type { Unit } from '../actions/unit.ts';
import { select } from '../database/sql.ts';
import { type Caller, stranger } from '../policy/caller.ts';
import type { Services } from '../services.ts';

const LEASE_SECONDS = 60;
const LONGEST_PAUSE = 3600;

/** How jobs are treated that say nothing else. */
export interface WorkLimits {
  /** After so many attempts a job is a dead letter. */
  readonly attempts: number;
  /** How long a job that is done can still be seen. */
  readonly keepDays: number;
}

export const usualWork: WorkLimits = { attempts: 10, keepDays: 7 };

export type Payload = Readonly<Record<string, string>>;

export interface NewJob {
  readonly name: string;
  /** A second job with the same key is not made. */
  readonly key: string;
  readonly payload: Payload;
  readonly correlation?: string;
  readonly notBefore?: Date;
}

/** A job that is being done. */
export interface RunningJob {
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  readonly correlation: string;
  /** This one included. */
  readonly attempts: number;
}

/**
 * Work that is done after a commit, at least once: who began it may have ended before it was written that it is done. `run` works
 * outside of a transaction and may take its time; its lease is renewed as long as it works.
 */
export interface JobHandler {
  readonly name: string;
  /** After so many the job is a dead letter; as all jobs, when nothing is said. */
  readonly attempts?: number;
  run(job: RunningJob, services: Services): Promise<void>;
  /** The job is a dead letter now. */
  dead?(job: RunningJob, services: Services, reason: string): Promise<void>;
}

/** Trying again would be in vain: the job is a dead letter at once. */
export class Permanent extends Error {
  override name = 'Permanent';
}

/** Not now, through no fault of the job: it is tried again after so many seconds, and the attempt does not count. */
export class Later extends Error {
  override name = 'Later';
  readonly seconds: number;

  constructor(reason: string, seconds: number) {
    super(reason);
    this.seconds = seconds;
  }
}

export async function enqueue(unit: Unit, job: NewJob): Promise<void> {
  await unit.query(
    `INSERT INTO system.jobs (name, key, payload, correlation, run_at) VALUES (:name, :key, :payload::jsonb, :correlation, coalesce(:due::timestamptz, now()))
     ON CONFLICT (key) DO NOTHING`,
    {
      name: job.name,
      key: job.key,
      payload: JSON.stringify(job.payload),
      correlation: job.correlation ?? unit.origin.correlation,
      due: job.notBefore?.toISOString() ?? null,
    },
  );
}

/**
 * Takes one job that is due and does it. What fails is tried again later, each time after a longer pause. A job whose process was
 * killed is taken up when its lease is over. False: none was due.
 */
export async function workOnce(services: Services): Promise<boolean> {
  const [job] = await select<RunningJob>(
    services.database,
    `UPDATE system.jobs SET attempts = attempts + 1, locked_until = now() + interval '${LEASE_SECONDS} seconds'
     WHERE id = (SELECT id FROM system.jobs
                 WHERE finished_at IS NULL AND failed_at IS NULL AND run_at <= now() AND (locked_until IS NULL OR locked_until < now())
                 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, name, payload, correlation, attempts`,
  );
  if (!job) return false;
  const lease = setInterval(() => void renew(services, job), (LEASE_SECONDS / 3) * 1000);
  try {
    await perform(services, job);
  } catch (error) {
    await postpone(services, job, error);
  } finally {
    clearInterval(lease);
  }
  return true;
}

async function perform(services: Services, job: RunningJob): Promise<void> {
  const handler = services.jobs.get(job.name);
  if (handler) {
    await handler.run(job, services);
    await finish(services, job);
    return;
  }
  const subscriber = services.subscribers.find(({ name }) => name === job.name);
  const event = job.payload.event === undefined ? undefined : await readEvent(services, job.payload.event);
  if (!subscriber || !event) throw new Error(`Nothing is known of the job "${job.name}".`);
  // Who caused the event acts here too, but with no permission of theirs: steps ask for none.
  const caller: Caller = { ...stranger(), userId: event.actorId }; //@no-organizations
  //@organizations const caller: Caller = { ...stranger(null, organizationOf(event)), userId: event.actorId };
  const origin = { correlation: job.correlation, address: null, userAgent: null };
  await inTransaction(services, caller, origin, async (unit) => {
    await subscriber.run(unit, event);
    // Done in the transaction of the work: either both are kept or neither.
    await unit.query('UPDATE system.jobs SET finished_at = now(), locked_until = NULL, last_error = NULL WHERE id = :job', { job: job.id });
  });
}

/** The number of the attempt tells this run from one of somebody who took the job up in between. */
const OURS = 'id = :job AND attempts = :attempts AND finished_at IS NULL';

async function finish(services: Services, job: RunningJob): Promise<void> {
  const sql = `UPDATE system.jobs SET finished_at = now(), locked_until = NULL, last_error = NULL WHERE ${OURS} RETURNING id`;
  await select(services.database, sql, { job: job.id, attempts: job.attempts });
}

async function renew(services: Services, job: RunningJob): Promise<void> {
  try {
    const sql = `UPDATE system.jobs SET locked_until = now() + interval '${LEASE_SECONDS} seconds' WHERE ${OURS} RETURNING id`;
    await select(services.database, sql, { job: job.id, attempts: job.attempts });
  } catch (error) {
    // The next renewal comes before the lease ends.
    services.log.failure('the lease of a job was not renewed', error, { correlation: job.correlation, job: job.name });
  }
}

async function postpone(services: Services, job: RunningJob, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).replaceAll('\0', '').slice(0, 1000);
  const handler = services.jobs.get(job.name);
  const later = error instanceof Later;
  const dead = !later && (error instanceof Permanent || job.attempts >= (handler?.attempts ?? services.work.attempts));
  const fields = { correlation: job.correlation, job: job.name, attempt: job.attempts };
  if (later) services.log.info('a job waits', { ...fields, reason });
  else services.log.failure(dead ? 'a job failed for good' : 'a job failed', error, fields);
  // What others have to know comes first: should this process end here, the job is taken up once more, and fails once more.
  if (dead) await handler?.dead?.(job, services, reason);
  await select(
    services.database,
    `UPDATE system.jobs SET locked_until = NULL, last_error = :reason, run_at = now() + make_interval(secs => :seconds),
       failed_at = CASE WHEN :dead THEN now() END, attempts = attempts - :uncounted::int
     WHERE ${OURS} RETURNING id`,
    {
      job: job.id,
      attempts: job.attempts,
      reason,
      seconds: later ? error.seconds : Math.min(LONGEST_PAUSE, 2 ** job.attempts),
      dead,
      uncounted: later ? 1 : 0,
    },
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
