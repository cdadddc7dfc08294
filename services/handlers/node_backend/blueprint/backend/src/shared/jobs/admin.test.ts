import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { inTransaction } from '../actions/transaction.ts';
import { defineFeature } from '../feature.ts';
import { stranger } from '../policy/caller.ts';
import { cancelJob, retryJob } from './admin.ts';
import { enqueue, Permanent, workOnce } from './jobs.ts';

const origin = { correlation: 'test', address: null, userAgent: null };

describe('who looks after jobs', () => {
  let app: TestApp;
  let work: () => Promise<void>;

  beforeAll(async () => {
    app = await startTestApp({}, [defineFeature({ name: 'probe', jobs: [{ name: 'probe', run: () => work() }] })]);
  });

  afterAll(() => app.close());

  const queue = (key: string) => inTransaction(app.services, stranger(), origin, (unit) => enqueue(unit, { name: 'probe', key, payload: {} }));
  const administer = (act: typeof retryJob, key: string): Promise<boolean> =>
    inTransaction(app.services, stranger(), origin, async (unit) => {
      const [job] = await unit.query<{ id: string }>('SELECT id FROM system.jobs WHERE key = :key', { key });
      return act(unit, job?.id ?? '');
    });
  const state = async (key: string) => (await app.rows<{ state: string; attempts: number }>('SELECT state, attempts FROM system.job_states WHERE key = :key', { key }))[0];

  it('tries a dead letter again or gives it up, each where it makes sense', async () => {
    work = () => Promise.reject(new Permanent('never'));
    await queue('hopeless');
    expect(await administer(retryJob, 'hopeless')).toBe(false);
    await workOnce(app.services);
    expect(await administer(retryJob, 'hopeless')).toBe(true);
    expect(await state('hopeless')).toEqual({ state: 'waiting', attempts: 0 });
    expect(await administer(cancelJob, 'hopeless')).toBe(true);
    expect(await administer(cancelJob, 'hopeless')).toBe(false);
    expect(await administer(retryJob, 'hopeless')).toBe(false);
    expect(await workOnce(app.services)).toBe(false);
    expect(await state('hopeless')).toMatchObject({ state: 'cancelled' });
  });

  it('does not give up what is being done', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    work = () => promise;
    await queue('busy');
    const working = workOnce(app.services);
    await expect.poll(async () => (await state('busy'))?.state).toBe('running');
    expect(await administer(cancelJob, 'busy')).toBe(false);
    resolve();
    await working;
    expect(await state('busy')).toMatchObject({ state: 'done' });
  });
});
