import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson, PASSWORD } from '../support/people.ts';
import type { Person } from '../support/person.ts';

describe('the audit log', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  let auditor: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob, auditor] = await Promise.all([newPerson(app), newPerson(app), newPerson(app, 'auditor')]);
  });

  afterAll(() => app.close());

  it('has one entry for each write, and none for one that was refused', async () => {
    const { body } = await ann.post('/api/samples', { title: 'first' }).expect(201);
    await ann.patch(`/api/samples/${body.id}`, { title: 'second' }).set('X-Correlation-Id', 'audit-probe-1').expect(200);
    await ann.patch(`/api/samples/${body.id}`, { title: 'second' }).expect(200);
    await bob.patch(`/api/samples/${body.id}`, { title: 'third' }).expect(403);
    await ann.delete(`/api/samples/${body.id}`).expect(204);
    const log = await auditor.get(`/api/audit-entries?target_id=${body.id}`).expect(200);
    expect(log.body).toMatchObject({
      total: 3,
      next_cursor: null,
      items: [
        { action: 'Sample.deleted', target_title: 'second', before: { title: 'second' }, after: null, actor: { id: ann.me.id } },
        {
          action: 'Sample.updated',
          target_model: 'Sample',
          before: { title: 'first' },
          after: { title: 'second' },
          correlation: 'audit-probe-1',
          actor: { id: ann.me.id, display: 'Pat Person' },
          address: '127.0.0.1',
        },
        { action: 'Sample.created', before: null, after: { title: 'first' } },
      ],
    });
    await bob.get('/api/audit-entries').expect(403);
    await auditor.delete(`/api/audit-entries/${log.body.items[0].id}`).expect(405);
    await expect(app.rows(`UPDATE audit_entries SET action = 'x' RETURNING id`)).rejects.toThrow();
  });

  it('never holds a password', async () => {
    const { body } = await app.stranger().post('/api/register', { email: 'p@example.org', name: 'P', password: PASSWORD }).expect(200);
    const log = await auditor.get(`/api/audit-entries?target_id=${body.user.id}`).expect(200);
    expect(log.body).toMatchObject({ total: 1, items: [{ actor: null, after: { password: '***' } }] });
    expect(log.text).not.toContain('correct horse');
    expect(log.text).not.toContain('$2');
  });

  it('is read by cursor, without a gap or a repeat', async () => {
    const all = await auditor.get('/api/audit-entries?page_size=100').expect(200);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; next_cursor: string | null } } = await auditor
        .get(`/api/audit-entries?page_size=2${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(all.body.items.map(({ id }: { id: string }) => id));
    await auditor.get('/api/audit-entries?cursor=bad').expect(400);
    await auditor.get('/api/audit-entries?page=2').expect(400);
    await auditor.get('/api/audit-entries?address=127.0.0.1').expect(200);
    await auditor.get('/api/audit-entries?address=x').expect(400);
  });

  it('tells of what a cascade took along', async () => {
    const eve = await newPerson(app);
    await app.rows(`UPDATE sessions SET expires_at = now() - interval '31 days' WHERE user_id = :id RETURNING id`, { id: eve.me.id });
    const { features } = await import('../../src/features/index.ts');
    const { runClock } = await import('../../src/shared/jobs/scheduler.ts');
    const [clock] = features.flatMap(({ clocks }) => clocks ?? []);
    if (!clock) throw new Error('There is no clock.');
    await runClock(app.services, clock);
    const log = await auditor.get('/api/audit-entries?action[in]=Session.deleted,RefreshToken.deleted').expect(200);
    expect(log.body.items.map(({ action }: { action: string }) => action).toSorted()).toEqual(['RefreshToken.deleted', 'Session.deleted']);
    expect(log.body.items[0]).toMatchObject({ actor: null, after: null });
    expect(log.text).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is written with what it tells of, or neither is', async () => {
    const broken = await startTestApp({}, [
      ...(await import('../../src/features/index.ts')).features,
      {
        name: 'broken',
        subscribers: [{ name: 'broken/1', event: 'Sample.created', within: 'transaction', run: () => Promise.reject(new Error('no')) }],
      },
    ]);
    const eve = await newPerson(broken);
    await eve.post('/api/samples', { title: 'lost' }).expect(500);
    expect(await broken.rows(`SELECT 1 AS one FROM samples`)).toEqual([]);
    expect(await broken.rows(`SELECT 1 AS one FROM audit_entries WHERE target_model = 'Sample'`)).toEqual([]);
    await broken.close();
  });
});
