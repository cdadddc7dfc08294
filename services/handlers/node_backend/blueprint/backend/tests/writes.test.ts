import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../src/shared/actions/transaction.ts';
import { stranger } from '../src/shared/policy/caller.ts';
import type { TestApp } from './support/app.ts';
import { notePerson, startNotes } from './support/notes.ts';
import type { Person } from './support/person.ts';

describe('writes', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  let manager: Person;

  beforeAll(async () => {
    app = await startNotes();
    ann = notePerson(app);
    bob = notePerson(app);
    manager = notePerson(app, 'notes.manage');
  });

  afterAll(() => app.close());

  const write = async (given: object = {}) => (await ann.post('/api/notes', { title: randomUUID(), ...given }).expect(201)).body;

  it('answer with the row, its address and its version', async () => {
    const answer = await ann.post('/api/notes', { title: 'A first note', pages: 3, price: '9.50' }).expect(201);
    expect(answer.body).toMatchObject({ title: 'A first note', colour: 'red', pages: 3, price: '9.50', done: false, parent: null, links: [] });
    expect(answer.headers).toMatchObject({ location: `/api/notes/${answer.body.id}`, etag: '"1"' });
    const read = await ann.get(`/api/notes/${answer.body.id.toUpperCase()}`).expect(200);
    expect(read.body).toEqual(answer.body);
  });

  it('are open to the owner and to those who may change the notes of others', async () => {
    const { id } = await write();
    expect((await bob.get(`/api/notes/${id}`).expect(200)).body.can).toEqual([]);
    expect((await manager.get(`/api/notes/${id}`).expect(200)).body.can).toEqual(['update', 'delete', 'finish']);
    await app.stranger().patch(`/api/notes/${id}`, { body: 'x' }).expect(404);
    await app.stranger().post('/api/notes', { title: 'x' }).expect(401);
    await bob.patch(`/api/notes/${id}`, { body: 'mine' }).expect(403);
    await bob.delete(`/api/notes/${id}`).expect(403);
    await manager.patch(`/api/notes/${id}`, { body: 'seen' }).expect(200);
    await ann.delete(`/api/notes/${id}`).expect(204);
    await ann.get(`/api/notes/${id}`).expect(404);
    await ann.delete(`/api/notes/${id}`).expect(404);
  });

  it('take nothing that they do not ask for', async () => {
    const person = notePerson(app);
    const refused = await person.post('/api/count-notes', { nonsense: true }).expect(422);
    expect(refused.body.error.fields).toEqual([{ field: 'nonsense', code: 'unknown', message: 'There is no such field.' }]);
    await person.post('/api/count-notes', {}).expect(200);
    expect((await ann.post('/api/notes', ['title']).expect(422)).body.error.fields).toMatchObject([{ code: 'type' }]);
  });

  it('know no row by what is not an id', async () => {
    await ann.get('/api/notes/not-an-id').expect(404);
    await ann.patch('/api/notes/not-an-id', { body: 'x' }).expect(404);
    await ann.get(`/api/notes/${randomUUID()}`).expect(404);
  });

  it('honour If-Match', async () => {
    const { id } = await write();
    const patch = (tag: string) => ann.patch(`/api/notes/${id}`, { body: randomUUID() }).set('If-Match', tag);
    expect((await patch('"9"').expect(412)).body.error.code).toBe('precondition_failed');
    expect((await patch('"7", "1"').expect(200)).headers.etag).toBe('"2"');
    await patch('*').expect(200);
    await ann.delete(`/api/notes/${id}`).set('If-Match', '"1"').expect(412);
  });

  it('change nothing where nothing changes, and tell nobody', async () => {
    const { id } = await write({ body: 'same' });
    expect((await ann.patch(`/api/notes/${id}`, { body: 'same' }).expect(200)).body.row_version).toBe(1);
    expect((await ann.patch(`/api/notes/${id}`, {}).expect(200)).body.row_version).toBe(1);
    expect(await app.rows('SELECT event FROM system.outbox WHERE row_id = :id', { id })).toEqual([{ event: 'Note.created' }]);
  });

  it('set links as a whole, which is a change of the row', async () => {
    const [one, two] = [String((await write()).id), String((await write()).id)];
    const links = [one, two].toSorted();
    const { id } = await write({ links: [one] });
    const both = await ann.patch(`/api/notes/${id}`, { links: [two, one, two] }).expect(200);
    expect(both.body).toMatchObject({ links, row_version: 2 });
    expect((await ann.patch(`/api/notes/${id}`, { links: [two, one] }).expect(200)).body.row_version).toBe(2);
    expect((await ann.patch(`/api/notes/${id}`, { links: [] }).expect(200)).body.links).toEqual([]);
    const [event] = await app.rows<{ before: object; after: object }>(
      `SELECT before, after FROM system.outbox WHERE row_id = :id AND event = 'Note.updated' ORDER BY created_at DESC LIMIT 1`,
      { id },
    );
    expect(event).toMatchObject({ before: { links }, after: { links: [] } });
  });

  it('end with what guards say of the row as it was written', async () => {
    await ann.post('/api/notes', { title: 'Nobody may' }).expect(403);
    expect((await ann.post('/api/notes', { title: 'Not now' }).expect(409)).body.error.message).toBe('Not now.');
    expect(await app.rows(`SELECT 1 AS one FROM notes WHERE title IN ('Nobody may', 'Not now')`)).toEqual([]);
  });

  it('ask of an action by whom, then whether now, with its input', async () => {
    const { id } = await write();
    const finish = (person: Person, pages: number | null, key = randomUUID()) => person.post(`/api/notes/${id}/finish`, { pages }).set('Idempotency-Key', key);
    await ann.post(`/api/notes/${id}/finish`, { pages: 3 }).expect(400);
    await finish(ann, null).expect(422);
    await finish(bob, 3).expect(403);
    expect((await finish(ann, 0).expect(409)).body.error.message).toBe('Say how many pages it has.');
    const done = await finish(ann, 3).expect(200);
    expect(done.body).toEqual({ left: expect.any(Number) });
    expect((await finish(ann, 3).expect(409)).body.error.message).toBe('It is finished already.');
    // It has left the sight of those who may not read what is finished.
    await bob.get(`/api/notes/${id}`).expect(404);
    await bob.patch(`/api/notes/${id}`, { body: 'x' }).expect(404);
  });

  it('are done once for one key', async () => {
    const key = randomUUID();
    const post = (title: string) => ann.post('/api/notes', { title }).set('Idempotency-Key', key);
    const answers = await Promise.all([post('once'), post('once'), post('once')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.location)).toEqual(Array.from({ length: 3 }, () => `/api/notes/${answers[0]?.body.id}`));
    const other = await post('twice').expect(422);
    expect(other.body.error.code).toBe('idempotency_mismatch');
    // The key of somebody else is another key.
    await bob.post('/api/notes', { title: 'his own' }).set('Idempotency-Key', key).expect(201);
    await ann.post('/api/notes', { title: 'x' }).set('Idempotency-Key', 'short').expect(400);
  });

  it('leave a key free when they fail', async () => {
    const key = randomUUID();
    await ann.post('/api/notes', { title: '' }).set('Idempotency-Key', key).expect(422);
    await ann.post('/api/notes', { title: 'right' }).set('Idempotency-Key', key).expect(201);
  });

  it('count strangers by their address, for keys and for limits', async () => {
    const count = (key = randomUUID()) => app.stranger().post('/api/count-notes').set('Idempotency-Key', key);
    const key = randomUUID();
    const first = await count(key).expect(200);
    await write();
    expect((await count(key).expect(200)).body).toEqual(first.body);
    expect((await count().expect(200)).body.count).toBe(first.body.count + 1);
  });

  it('say how many more are allowed, and when', async () => {
    const strict = await startNotes({ RATE_LIMIT_FACTOR: '1' });
    const [eve, kim] = [notePerson(strict), notePerson(strict)];
    expect((await eve.post('/api/count-notes').expect(200)).headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    await eve.post('/api/count-notes').expect(200);
    const refused = await eve.post('/api/count-notes').expect(429);
    expect(refused.body.error.code).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await kim.post('/api/count-notes').expect(200);
    await strict.close();
  });

  it('wait for each other at one row, so that no change is lost', async () => {
    const { id } = await write();
    await Promise.all(Array.from({ length: 8 }, (_, index) => ann.patch(`/api/notes/${id}`, { body: `n ${index}` }).expect(200)));
    expect((await ann.get(`/api/notes/${id}`)).body.row_version).toBe(9);
    const stale = await Promise.all(
      Array.from({ length: 4 }, (_, index) => ann.patch(`/api/notes/${id}`, { body: `m ${index}` }).set('If-Match', '"9"')),
    );
    expect(stale.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 412, 412, 412]);
  });

  it('are tried again after a deadlock', async () => {
    const ids = [(await write()).id, (await write()).id];
    let attempts = 0;
    const origin = { correlation: 'test', address: null, userAgent: null };
    const touchBoth = (order: string[]) =>
      inTransaction(app.services, stranger(), origin, async (unit) => {
        attempts += 1;
        for (const id of order) {
          await unit.query(`UPDATE notes SET body = 'x' WHERE id = :row`, { row: id });
          await new Promise((resolve) => {
            setTimeout(resolve, 100);
          });
        }
      });
    await Promise.all([touchBoth(ids), touchBoth(ids.toReversed())]);
    expect(attempts).toBe(3);
  });

  it('refuse a reference to nothing', async () => {
    const answer = await ann.post('/api/notes', { title: 'x', parent: randomUUID(), links: [randomUUID()] }).expect(422);
    expect(answer.body.error.fields).toEqual([
      { field: 'parent', code: 'reference', message: 'This does not exist.' },
      { field: 'links', code: 'reference', message: 'This does not exist.' },
    ]);
    await ann.post('/api/notes', { title: 'x', parent: 'not-an-id' }).expect(422);
    await ann.post('/api/notes', { title: 'x', owner_id: ann.me.id }).expect(422);
  });

  it('tell what a violated constraint of the database means', async () => {
    const parent = await write({ title: 'Taken' });
    const taken = await ann.post('/api/notes', { title: 'Taken' }).expect(409);
    expect(taken.body.error.fields).toEqual([{ field: 'title', code: 'unique', message: 'There is already a note with this title.' }]);
    const large = await ann.patch(`/api/notes/${parent.id}`, { pages: 1000 }).expect(422);
    expect(large.body.error.fields).toEqual([{ field: 'pages', code: 'range', message: 'A note has fewer than 1000 pages.' }]);
    await write({ parent: parent.id });
    const used = await ann.delete(`/api/notes/${parent.id}`).expect(409);
    expect(used.body.error.message).toBe('Something else still refers to this.');
  });
});

describe('a query', () => {
  it('reads its input from the address, and may say what it answers with', async () => {
    const app = await startNotes();
    expect((await app.stranger().get('/api/echo?pages=3').expect(200)).body).toEqual({ pages: 3 });
    await app.stranger().get('/api/echo?pages=9').expect(203);
    expect((await app.stranger().get('/api/echo').expect(422)).body.error.fields[0]).toMatchObject({ field: 'pages', code: 'required' });
    await app.stranger().get('/api/echo?pages=ten').expect(422);
    await app.close();
  });
});
