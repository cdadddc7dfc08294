import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { inTransaction } from '../actions/transaction.ts';
import { defineFeature } from '../feature.ts';
import { stranger } from '../policy/caller.ts';
import { Background } from './background.ts';
import { enqueue, Later, Permanent, type RunningJob, workOnce } from './jobs.ts';

const origin = { correlation: 'the-cause', address: null, userAgent: null };

describe('jobs', () => {
  const done: RunningJob[] = [];
  const dead: string[] = [];
  let work: (job: RunningJob) => Promise<void>;
  let app: TestApp;

  beforeAll(async () => {
    const handler = {
      name: 'probe',
      attempts: 3,
      run: async (job: RunningJob) => {
        await work(job);
        done.push(job);
      },
      dead: async (_job: RunningJob, _services: object, reason: string) => void dead.push(reason),
    };
    app = await startTestApp({}, [defineFeature({ name: 'probe', jobs: [handler] })]);
  });

  beforeEach(async () => {
    await app.rows('DELETE FROM system.jobs RETURNING id');
    done.length = 0;
    dead.length = 0;
    work = async () => undefined;
  });

  afterAll(() => app.close());

  const queue = (key: string, more: { notBefore?: Date; name?: string } = {}) =>
    inTransaction(app.services, stranger(), origin, (unit) => enqueue(unit, { name: 'probe', key, payload: { key }, ...more }));
  const due = () => app.rows(`UPDATE system.jobs SET run_at = now(), locked_until = NULL WHERE finished_at IS NULL RETURNING id`);
  const states = async () => (await app.rows<{ state: string; attempts: number; last_error: string | null }>('SELECT state, attempts, last_error FROM system.job_states ORDER BY id'));

  it('are done once for a key, with what they were given and the correlation of their cause', async () => {
    await Promise.all([queue('a'), queue('a'), queue('a')]);
    await Promise.all([workOnce(app.services), workOnce(app.services), workOnce(app.services)]);
    expect(done).toEqual([expect.objectContaining({ name: 'probe', payload: { key: 'a' }, correlation: 'the-cause', attempts: 1 })]);
    expect(await states()).toEqual([{ state: 'done', attempts: 1, last_error: null }]);
  });

  it('wait until their time has come', async () => {
    await queue('later', { notBefore: new Date(Date.now() + 60_000) });
    expect(await workOnce(app.services)).toBe(false);
    expect(await states()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });

  it('are tried again after longer and longer pauses, and are dead letters in the end', async () => {
    work = () => Promise.reject(new Error('no luck'));
    await queue('unlucky');
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(await workOnce(app.services)).toBe(true);
      const [job] = await app.rows<{ seconds: string }>(`SELECT extract(epoch FROM run_at - now()) AS seconds FROM system.jobs`);
      pauses.push(Math.round(Number(job?.seconds)));
      await due();
    }
    expect(pauses).toEqual([2, 4, 8]);
    expect(await workOnce(app.services)).toBe(false);
    expect(await states()).toEqual([{ state: 'dead', attempts: 3, last_error: 'no luck' }]);
    expect(dead).toEqual(['no luck']);
  });

  it('that nobody can do are dead letters as well', async () => {
    await queue('strange', { name: 'unknown' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await workOnce(app.services);
      await due();
    }
    expect(await states()).toMatchObject([{ state: 'dead', attempts: 10 }]);
  });

  it('are not tried again where that would be in vain, and not counted where it is not their time', async () => {
    work = () => Promise.reject(new Permanent('never'));
    await queue('vain');
    await workOnce(app.services);
    expect(await states()).toEqual([{ state: 'dead', attempts: 1, last_error: 'never' }]);
    await app.rows('DELETE FROM system.jobs RETURNING id');
    work = () => Promise.reject(new Later('closed on Sundays', 600));
    await queue('sunday');
    for (let turn = 0; turn < 5; turn += 1) {
      await workOnce(app.services);
      expect(await states()).toEqual([{ state: 'waiting', attempts: 0, last_error: 'closed on Sundays' }]);
      await due();
    }
  });

  it('of a process that was killed are taken up by another, and the first one can no longer end them', async () => {
    const first = Promise.withResolvers<void>();
    work = () => first.promise;
    await queue('orphan');
    const killed = workOnce(app.services);
    await expect.poll(async () => (await states())[0]?.state).toBe('running');
    expect(await workOnce(app.services)).toBe(false);
    // Its lease is over: nobody has renewed it.
    await app.rows(`UPDATE system.jobs SET locked_until = now() - interval '1 second' RETURNING id`);
    work = () => Promise.reject(new Error('still hard'));
    expect(await workOnce(app.services)).toBe(true);
    first.resolve();
    await killed;
    expect(await states()).toEqual([{ state: 'waiting', attempts: 2, last_error: 'still hard' }]);
  });

  it('that take long hold up neither events nor other jobs, and are waited for at the end', async () => {
    const long = Promise.withResolvers<void>();
    work = (job) => (job.payload.key === 'long' ? long.promise : Promise.resolve());
    await queue('long');
    const background = new Background(app.services, []);
    background.start();
    await expect.poll(async () => (await states())[0]?.state, { timeout: 3000 }).toBe('running');
    await queue('short');
    background.wake();
    await expect.poll(() => done.map(({ payload }) => payload.key), { timeout: 3000 }).toEqual(['short']);
    let stopped = false;
    const stopping = background.stop().then(() => (stopped = true));
    await sleep(100);
    expect(stopped).toBe(false);
    long.resolve();
    await stopping;
    expect((await states()).map(({ state }) => state)).toEqual(['done', 'done']);
  });
});
