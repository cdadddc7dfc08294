import type { Unit } from '../actions/unit.ts';

/** What people who look after the application do to jobs. The view `system.job_states` shows them. */

/** Tries a dead letter again, from the first attempt. False: there is no such dead letter. */
export async function retryJob(unit: Unit, id: string): Promise<boolean> {
  const found = await unit.query(
    `UPDATE system.jobs SET failed_at = NULL, attempts = 0, run_at = now(), locked_until = NULL
     WHERE id = :job AND failed_at IS NOT NULL AND cancelled_at IS NULL RETURNING id`,
    { job: id },
  );
  return found.length > 0;
}

/** Gives up a job that waits or is a dead letter. False: there is none, or it is being done or is done. */
export async function cancelJob(unit: Unit, id: string): Promise<boolean> {
  const found = await unit.query(
    `UPDATE system.jobs SET failed_at = coalesce(failed_at, now()), cancelled_at = now()
     WHERE id = :job AND finished_at IS NULL AND cancelled_at IS NULL AND (locked_until IS NULL OR locked_until < now()) RETURNING id`,
    { job: id },
  );
  return found.length > 0;
}
