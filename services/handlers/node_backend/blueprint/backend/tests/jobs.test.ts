import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../src/shared/actions/events.ts';
import { defineFeature } from '../src/shared/feature.ts';
import { Background } from '../src/shared/jobs/background.ts';
import { workOnce } from '../src/shared/jobs/jobs.ts';
import { dispatch } from '../src/shared/jobs/outbox.ts';
import { type Clock, housekeeping, tick } from '../src/shared/jobs/scheduler.ts';
import type { TestApp } from './support/app.ts';
import { Note, notePerson, startNotes } from './support/notes.ts';
import type { Person } from './support/person.ts';

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
          event: 'Note.created',
          within: 'commit',
          async run(unit, event) {
            // What it writes before it fails must not stay.
            await unit.query(`UPDATE notes SET body = 'followed' WHERE id = :row`, { row: event.rowId });
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
    app = await startNotes({}, follower);
    ann = notePerson(app);
  });

  beforeEach(async () => {
    await drain();
    await app.services.database.query('DELETE FROM system.jobs');
    failures = 0;
    seen.length = 0;
  });

  afterAll(() => app.close());

  async function drain(): Promise<void> {
    while ((await dispatch(app.services)) > 0);
    while (await workOnce(app.services));
  }

  it('runs once for each event, as its actor, however many look', async () => {
    const { body } = await ann.post('/api/notes', { title: 'one' }).expect(201);
    expect(seen).toEqual([]);
    await Promise.all([drain(), drain(), drain()]);
    expect(seen).toEqual([expect.objectContaining({ name: 'Note.created', rowId: body.id, actorId: ann.me.id, after: expect.objectContaining({ title: 'one' }) })]);
    const row = await ann.get(`/api/notes/${body.id}`).expect(200);
    expect(row.body.body).toBe('followed');
    await drain();
    expect(seen).toHaveLength(1);
  });

  it('tries again what failed, and keeps nothing of the failure', async () => {
    failures = 1;
    const { body } = await ann.post('/api/notes', { title: 'two' }).expect(201);
    await drain();
    expect(seen).toEqual([]);
    expect((await ann.get(`/api/notes/${body.id}`)).body.body).toBeNull();
    const [job] = await app.rows<{ attempts: number; last_error: string; later: boolean }>(
      'SELECT attempts, last_error, run_at > now() AS later FROM system.jobs WHERE finished_at IS NULL',
    );
    expect(job).toEqual({ attempts: 1, last_error: 'not yet', later: true });
    await app.rows(`UPDATE system.jobs SET run_at = now() WHERE finished_at IS NULL RETURNING id`);
    await drain();
    expect(seen).toHaveLength(1);
  });

  it('waits longer after each failure, and gives up after the tenth', async () => {
    failures = 3;
    const { body } = await ann.post('/api/notes', { title: 'never' }).expect(201);
    const state = async () => {
      await drain();
      const [job] = await app.rows<{ seconds: number; failed: boolean }>(
        `SELECT extract(epoch FROM run_at - now())::float AS seconds, failed_at IS NOT NULL AS failed FROM system.jobs AS j
         WHERE payload ->> 'event' = (SELECT id::text FROM system.outbox WHERE row_id = :row)`,
        { row: body.id },
      );
      return job;
    };
    const again = (attempts: number) => app.rows(`UPDATE system.jobs SET run_at = now(), attempts = :attempts WHERE finished_at IS NULL RETURNING id`, { attempts });
    const first = await state();
    await again(6);
    const later = await state();
    expect(first?.seconds).toBeCloseTo(2, 0);
    expect(later?.seconds).toBeGreaterThan(100);
    await again(9);
    expect(await state()).toMatchObject({ failed: true });
    // What was given up is not tried again, though its time has come and it would succeed now.
    await app.rows(`UPDATE system.jobs SET run_at = now() WHERE failed_at IS NOT NULL RETURNING id`);
    await drain();
    expect(seen).toEqual([]);
  });

  it('takes up a job again whose worker died, and none that is being done', async () => {
    await ann.post('/api/notes', { title: 'died' }).expect(201);
    await dispatch(app.services);
    const held = (until: string) => app.rows(`UPDATE system.jobs SET locked_until = now() + ${until} WHERE finished_at IS NULL AND failed_at IS NULL RETURNING id`);
    expect(await held(`interval '1 minute'`)).toHaveLength(1);
    expect(await workOnce(app.services)).toBe(false);
    await held(`interval '-1 second'`);
    expect(await workOnce(app.services)).toBe(true);
    expect(seen).toHaveLength(1);
  });

  it('keeps a job that nobody knows, with the reason', async () => {
    await app.rows(`INSERT INTO system.jobs (name, key, payload, correlation) VALUES ('gone/1', 'gone', '{}', 'x') RETURNING id`);
    await drain();
    const [job] = await app.rows<{ last_error: string }>(`SELECT last_error FROM system.jobs WHERE name = 'gone/1'`);
    expect(job?.last_error).toBe('Nothing is known of the job "gone/1".');
  });

  it('runs within the transaction where it is told to, and what a selector writes is matched by none', async () => {
    const names: string[] = [];
    const within = defineFeature({
      name: 'within',
      subscribers: [
        {
          name: 'within/1',
          event: '*.*',
          within: 'transaction',
          async run(unit, event) {
            names.push(event.name);
            if (event.after?.title === 'echo') await unit.create(Note, { title: 'echoed', owner_id: event.actorId ?? '' });
          },
        },
        { name: 'within/2', event: 'Note.created', within: 'transaction', run: async (_unit, event) => void names.push(`2 ${event.title}`) },
        { name: 'within/3', event: 'user.created', within: 'transaction', run: () => Promise.reject(new Error('of another kind')) },
      ],
    });
    const other = await startNotes({}, within);
    const kim = notePerson(other);
    await kim.post('/api/notes', { title: 'echo' }).expect(201);
    expect(names).toEqual(['Note.created', '2 echoed', '2 echo']);
    await other.close();
  });

  it('follows selectors too, and events that a trigger wrote', async () => {
    const { body } = await ann.post('/api/notes', { title: 'three' }).expect(201);
    await ann.delete(`/api/notes/${body.id}`).expect(204);
    await drain();
    expect(seen.map(({ name }) => name)).toEqual(['Note.created', 'Note.deleted']);
  });

  it('gives events their positions in order and without a repeat', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => ann.post('/api/notes', { title: `n ${index}` }).expect(201)));
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
    await ann.post('/api/notes', { title: 'four' }).expect(201);
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
