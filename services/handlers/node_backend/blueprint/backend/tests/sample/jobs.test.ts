import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { features } from '../../src/features/index.ts';
import type { DomainEvent } from '../../src/shared/actions/events.ts';
import { defineFeature } from '../../src/shared/feature.ts';
import { Background } from '../../src/shared/jobs/background.ts';
import { workOnce } from '../../src/shared/jobs/jobs.ts';
import { dispatch } from '../../src/shared/jobs/outbox.ts';
import { type Clock, housekeeping, tick } from '../../src/shared/jobs/scheduler.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

describe('what follows a commit', () => {
  const seen: DomainEvent[] = [];
  let failures = 0;
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    const follower = defineFeature({
      name: 'follower',
      subscribers: [
        {
          name: 'follower/1',
          event: 'Sample.created',
          within: 'commit',
          async run(unit, event) {
            // What it writes before it fails must not stay.
            await unit.query(`UPDATE samples SET note = 'followed' WHERE id = :row`, { row: event.rowId });
            if (failures > 0) {
              failures -= 1;
              throw new Error('not yet');
            }
            seen.push(event);
          },
        },
        { name: 'follower/2', event: 'resource.deleted', within: 'commit', run: async (_unit, event) => void seen.push(event) },
      ],
    });
    app = await startTestApp({}, [...features, follower]);
    ann = await newPerson(app);
  });

  beforeEach(() => {
    seen.length = 0;
  });

  afterAll(() => app.close());

  async function drain(): Promise<void> {
    while ((await dispatch(app.services)) > 0);
    while (await workOnce(app.services));
  }

  it('runs once for each event, as its actor, however many look', async () => {
    const { body } = await ann.post('/api/samples', { title: 'one' }).expect(201);
    expect(seen).toEqual([]);
    await Promise.all([drain(), drain(), drain()]);
    expect(seen).toEqual([expect.objectContaining({ name: 'Sample.created', rowId: body.id, actorId: ann.me.id, after: expect.objectContaining({ title: 'one' }) })]);
    const row = await ann.get(`/api/samples/${body.id}`).expect(200);
    expect(row.body.note).toBe('followed');
    await drain();
    expect(seen).toHaveLength(1);
  });

  it('tries again what failed, and keeps nothing of the failure', async () => {
    failures = 1;
    const { body } = await ann.post('/api/samples', { title: 'two' }).expect(201);
    await drain();
    expect(seen).toEqual([]);
    expect((await ann.get(`/api/samples/${body.id}`)).body.note).toBeNull();
    const [job] = await app.rows<{ attempts: number; last_error: string; later: boolean }>(
      `SELECT attempts, last_error, run_at > now() AS later FROM system.jobs WHERE finished_at IS NULL`,
    );
    expect(job).toEqual({ attempts: 1, last_error: 'not yet', later: true });
    await app.rows(`UPDATE system.jobs SET run_at = now() WHERE finished_at IS NULL RETURNING id`);
    await drain();
    expect(seen).toHaveLength(1);
  });

  it('follows selectors too, and events that a trigger wrote', async () => {
    const { body } = await ann.post('/api/samples', { title: 'three' }).expect(201);
    await ann.delete(`/api/samples/${body.id}`).expect(204);
    await drain();
    expect(seen.map(({ name }) => name)).toEqual(['Sample.created', 'Sample.deleted']);
  });

  it('gives events their positions in order and without a repeat', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => ann.post('/api/samples', { title: `n ${index}` }).expect(201)));
    await Promise.all([dispatch(app.services), dispatch(app.services)]);
    await drain();
    const rows = await app.rows<{ position: string | null }>(`SELECT position FROM system.outbox`);
    const positions = rows.map(({ position }) => position);
    expect(positions).not.toContain(null);
    expect(new Set(positions).size).toBe(positions.length);
  });

  it('happens by itself, and stops when told to', async () => {
    const background = new Background(app.services, []);
    background.start();
    await ann.post('/api/samples', { title: 'four' }).expect(201);
    background.wake();
    await expect.poll(() => seen.length, { timeout: 3000 }).toBe(1);
    await background.stop();
  });

  it('lets a clock run once in its time, whoever asks', async () => {
    let runs = 0;
    const clock: Clock = { name: 'test/1', seconds: 60, run: async () => ++runs < 3 };
    await Promise.all([tick(app.services, [clock]), tick(app.services, [clock]), tick(app.services, [clock])]);
    expect(runs).toBe(3);
    await tick(app.services, [clock]);
    expect(runs).toBe(3);
    await app.rows(`UPDATE system.clock_runs SET started_at = now() - interval '61 seconds' RETURNING name`);
    await tick(app.services, [clock]);
    expect(runs).toBe(4);
  });

  it('goes on with other clocks when one fails', async () => {
    const clocks: Clock[] = [
      { name: 'test/broken', seconds: 60, run: () => Promise.reject(new Error('broken clock')) },
      { ...housekeeping, name: 'test/housekeeping' },
    ];
    await app.rows(`UPDATE system.outbox SET created_at = now() - interval '8 days' RETURNING id`);
    await tick(app.services, clocks);
    expect(app.log.join('')).toContain('broken clock');
    expect(await app.rows('SELECT id FROM system.outbox WHERE position IS NOT NULL')).toEqual([]);
  });
});
