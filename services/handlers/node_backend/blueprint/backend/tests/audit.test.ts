import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../src/features/index.ts';
import { runClock } from '../src/shared/jobs/scheduler.ts';
import type { TestApp } from './support/app.ts';
import { knownPerson, startNotes } from './support/notes.ts';
//@organizations import { join } from './support/organizations.ts';
import { PASSWORD } from './support/people.ts';
import type { Person } from './support/person.ts';

describe('the audit log', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  let auditor: Person;

  /** An entry names its actor, so there must be a row of them. */
  async function user(of: TestApp, ...permissions: string[]): Promise<Person> {
    const [row] = await of.rows<{ id: string }>(`INSERT INTO users (email, name) VALUES (:email, 'Pat Person') RETURNING id`, {
      email: `${randomUUID()}@example.org`,
    });
    //@organizations await join(of, row?.id ?? '');
    return knownPerson(of, row?.id ?? '', ...permissions);
  }

  beforeAll(async () => {
    app = await startNotes({}, ...features);
    [ann, bob, auditor] = await Promise.all([user(app), user(app), user(app, 'audit.read')]);
  });

  afterAll(() => app.close());

  it('has one entry for each write, and none for one that was refused', async () => {
    const { body } = await ann.post('/api/notes', { title: 'first' }).expect(201);
    await ann.patch(`/api/notes/${body.id}`, { title: 'second' }).set('X-Correlation-Id', 'audit-probe-1').expect(200);
    await ann.patch(`/api/notes/${body.id}`, { title: 'second' }).expect(200);
    await bob.patch(`/api/notes/${body.id}`, { title: 'third' }).expect(403);
    await ann.delete(`/api/notes/${body.id}`).expect(204);
    const log = await auditor.get(`/api/audit-entries?target_id=${body.id}`).expect(200);
    expect(log.body).toMatchObject({
      total: 3,
      next_cursor: null,
      items: [
        { action: 'Note.deleted', target_title: 'second', before: { title: 'second' }, after: null, actor: { id: ann.me.id } },
        {
          action: 'Note.updated',
          target_model: 'Note',
          before: { title: 'first' },
          after: { title: 'second' },
          correlation: 'audit-probe-1',
          actor: { id: ann.me.id, display: 'Pat Person' },
          address: '127.0.0.1',
        },
        { action: 'Note.created', before: null, after: { title: 'first' } },
      ],
    });
    const entry = await auditor.get(`/api/audit-entries/${log.body.items[0].id}`).expect(200);
    expect(entry.body).toEqual(log.body.items[0]);
  });

  it('is open to auditors, and changed by nobody', async () => {
    await ann.post('/api/notes', { title: 'to stay' }).expect(201);
    const { body } = await auditor.get('/api/audit-entries?page_size=1').expect(200);
    const path = `/api/audit-entries/${body.items[0].id}`;
    await bob.get('/api/audit-entries').expect(403);
    await bob.get(path).expect(403);
    await app.stranger().get('/api/audit-entries').expect(401);
    await auditor.delete(path).expect(405);
    await auditor.patch(path, { action: 'x' }).expect(405);
    await expect(app.rows(`UPDATE audit_entries SET action = 'x' RETURNING id`)).rejects.toThrow();
    await expect(app.rows(`DELETE FROM audit_entries RETURNING id`)).rejects.toThrow();
  });

  it('never holds a password', async () => {
    const email = `${randomUUID()}@example.org`;
    const { body } = await app.stranger().post('/api/register', { email, name: 'P', password: PASSWORD }).expect(200);
    const log = await auditor.get(`/api/audit-entries?target_id=${body.user.id}`).expect(200);
    expect(log.body).toMatchObject({ total: 1, items: [{ actor: null, after: { password: '***' } }] });
    expect(log.text).not.toContain(PASSWORD);
    expect(log.text).not.toContain('$scrypt$');
  });

  it('is read by cursor, without a gap or a repeat', async () => {
    const old = { before: encodeURIComponent(new Date().toISOString()) };
    const all = await auditor.get(`/api/audit-entries?page_size=100&created_at[lt]=${old.before}`).expect(200);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; next_cursor: string | null } } = await auditor
        .get(`/api/audit-entries?page_size=2&created_at[lt]=${old.before}${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.next_cursor;
    }
    expect(seen).toEqual(all.body.items.map(({ id }: { id: string }) => id));
    await auditor.get('/api/audit-entries?address=127.0.0.1').expect(200);
    await auditor.get('/api/audit-entries?address=x').expect(400);
  });

  it('still names somebody whose account was deleted', async () => {
    const eve = await user(app);
    const { body } = await eve.post('/api/notes', { title: 'by Eve' }).expect(201);
    await app.rows('UPDATE users SET deleted_at = now() WHERE id = :id RETURNING id', { id: eve.me.id });
    const log = await auditor.get(`/api/audit-entries?target_id=${body.id}`).expect(200);
    expect(log.body.items).toMatchObject([{ action: 'Note.created', actor: { id: eve.me.id, display: 'Pat Person' } }]);
  });

  it('leaves out what no operation reaches, though the clock removes it', async () => {
    const email = `${randomUUID()}@example.org`;
    const { body } = await app.stranger().post('/api/register', { email, name: 'P', password: PASSWORD }).expect(200);
    await app.rows(`UPDATE sessions SET expires_at = now() - interval '31 days' WHERE user_id = :id RETURNING id`, { id: body.user.id });
    for (const clock of features.flatMap(({ clocks }) => clocks ?? [])) await runClock(app.services, clock);
    expect(await app.rows('SELECT id FROM sessions WHERE user_id = :id', { id: body.user.id })).toEqual([]);
    const [events] = await app.rows<{ total: number }>(`SELECT count(*)::int AS total FROM system.outbox WHERE event = 'RefreshToken.deleted'`);
    expect(events?.total).toBeGreaterThan(0);
    const log = await auditor.get('/api/audit-entries?target_model=RefreshToken').expect(200);
    expect(log.body.total).toBe(0);
  });

  it('is written with what it tells of, or neither is', async () => {
    const broken = await startNotes({}, ...features, {
      name: 'broken',
      subscribers: [{ name: 'broken/1', event: 'Note.created', within: 'transaction', run: () => Promise.reject(new Error('no')) }],
    });
    await (await user(broken)).post('/api/notes', { title: 'lost' }).expect(500);
    expect(await broken.rows('SELECT 1 AS one FROM notes')).toEqual([]);
    expect(await broken.rows(`SELECT 1 AS one FROM audit_entries WHERE target_model = 'Note'`)).toEqual([]);
    await broken.close();
  });
});
