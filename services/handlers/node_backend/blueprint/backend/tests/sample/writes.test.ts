import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/shared/actions/unit.ts';
import { stranger } from '../../src/shared/policy/caller.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

describe('writes', () => {
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    app = await startTestApp();
    ann = await newPerson(app);
  });

  afterAll(() => app.close());

  it('are done once for one key', async () => {
    const key = randomUUID();
    const post = (title: string) => ann.post('/api/samples', { title }).set('Idempotency-Key', key);
    const answers = await Promise.all([post('once'), post('once'), post('once')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.location)).toEqual(Array.from({ length: 3 }, () => `/api/samples/${answers[0]?.body.id}`));
    const other = await post('twice').expect(422);
    expect(other.body.error.code).toBe('idempotency_mismatch');
    const bob = await newPerson(app);
    const his = await bob.post('/api/samples', { title: 'once' }).set('Idempotency-Key', key).expect(201);
    expect(his.body.id).not.toBe(answers[0]?.body.id);
    await ann.post('/api/samples', { title: 'x' }).set('Idempotency-Key', 'short').expect(400);
  });

  it('leave a key free when they fail', async () => {
    const key = randomUUID();
    await ann.post('/api/samples', { title: '' }).set('Idempotency-Key', key).expect(422);
    await ann.post('/api/samples', { title: 'right' }).set('Idempotency-Key', key).expect(201);
  });

  it('never keep an answer that holds a secret', async () => {
    const input = { email: `${randomUUID()}@example.org`, name: 'A', password: 'correct horse battery' };
    await app.stranger().post('/api/register', input).set('Idempotency-Key', randomUUID()).expect(200);
    const kept = await app.rows<{ text: string }>('SELECT to_jsonb(k)::text AS text FROM system.idempotency_keys AS k');
    expect(kept.map(({ text }) => text).join()).not.toContain('refresh_token');
  });

  it('wait for each other at one row, so that no change is lost', async () => {
    const { body } = await ann.post('/api/samples', { title: 'counted' }).expect(201);
    await Promise.all(Array.from({ length: 10 }, (_, index) => ann.patch(`/api/samples/${body.id}`, { note: `n ${index}` }).expect(200)));
    expect((await ann.get(`/api/samples/${body.id}`)).body.row_version).toBe(11);
    const stale = await Promise.all(
      Array.from({ length: 5 }, (_, index) => ann.patch(`/api/samples/${body.id}`, { note: `m ${index}` }).set('If-Match', '"11"')),
    );
    expect(stale.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412]);
  });

  it('are tried again after a deadlock', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map((title) => ann.post('/api/samples', { title }).expect(201)));
    const ids = [one?.body.id, two?.body.id] as string[];
    let attempts = 0;
    const touchBoth = (order: string[]) =>
      inTransaction(app.services, stranger(), { correlation: 'test', address: null, userAgent: null }, async (unit) => {
        attempts += 1;
        for (const id of order) {
          await unit.query(`UPDATE samples SET note = 'x' WHERE id = :row`, { row: id });
          await new Promise((resolve) => {
            setTimeout(resolve, 100);
          });
        }
      });
    await Promise.all([touchBoth(ids), touchBoth(ids.toReversed())]);
    expect(attempts).toBe(3);
  });

  it('refuse a reference to nothing, or to what may not be referred to', async () => {
    const answer = await ann.post('/api/samples', { title: 'x', parent: randomUUID() }).expect(422);
    expect(answer.body.error.fields).toEqual([{ field: 'parent', code: 'reference', message: 'This does not exist.' }]);
    await ann.post('/api/samples', { title: 'x', parent: 'not-an-id' }).expect(422);
    await ann.post('/api/samples', { title: 'x', created_by: ann.me.id }).expect(422);
  });

  it('tell what a violated constraint of the database means', async () => {
    const { body } = await ann.post('/api/samples', { title: 'x' }).expect(201);
    const admin = await newPerson(app, 'admin');
    await admin.delete(`/api/users/${ann.me.id}`).expect(204);
    await ann.get(`/api/samples/${body.id}`).expect(401);
    ann = await newPerson(app);
    expect((await ann.get(`/api/samples/${body.id}`).expect(200)).body.created_by).toBeNull();
  });

  it('count characters as people do', async () => {
    await ann.post('/api/samples', { title: '😀'.repeat(200) }).expect(201);
    await ann.post('/api/samples', { title: '😀'.repeat(201) }).expect(422);
    await ann.post('/api/samples', { title: '   ' }).expect(422);
    await ann.post('/api/samples', { title: 5 }).expect(422);
    await ann.post('/api/samples', { title: null }).expect(422);
  });
});
