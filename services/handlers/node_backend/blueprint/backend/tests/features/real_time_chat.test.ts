import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

interface Row extends Record<string, unknown> {
  id: string;
}

const items = (body: { items: Row[] }): Row[] => body.items;

describe('rooms, their members and messages', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  let eve: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob, eve] = [await newPerson(app), await newPerson(app), await newPerson(app)];
  });

  afterAll(() => app.close());

  async function newRoom(): Promise<string> {
    const made = await ann.post('/api/rooms', { name: 'Garden', members: [{ user: bob.me.id }] }).expect(201);
    return made.body.id;
  }

  it('are made together, and seen by members only', async () => {
    const room = await newRoom();
    const members = await bob.get(`/api/rooms/${room}/members?sort=role`).expect(200);
    expect(items(members.body).map(({ role }) => role)).toEqual(['member', 'owner']);
    expect(items(members.body).map((row) => 'unread' in row)).toEqual([true, false]);
    await eve.get(`/api/rooms/${room}/members`).expect(404);
    await eve.get(`/api/rooms/${room}`).expect(404);
    await eve.post(`/api/rooms/${room}/messages`, { body: 'Let me in' }).expect(404);
    await app.stranger().get('/api/rooms').expect(401);
  });

  it('say goodbye without a word to who leaves', async () => {
    const owner = { user: bob.me.id, role: 'owner' };
    const made = await ann.post('/api/rooms', { name: 'Cellar', members: [owner] }).expect(201);
    const left = await ann.patch(`/api/rooms/${made.body.id}`, { members: [owner] }).expect(204);
    expect(left.text).toBe('');
    await ann.get(`/api/rooms/${made.body.id}`).expect(404);
    await bob.get(`/api/rooms/${made.body.id}`).expect(200);
  });

  it('number messages in each room, and page through them by number', async () => {
    const [room, other] = [await newRoom(), await newRoom()];
    for (const body of ['one', 'two', 'three']) await ann.post(`/api/rooms/${room}/messages`, { body }).expect(201);
    const elsewhere = await bob.post(`/api/rooms/${other}/messages`, { body: 'first here' }).expect(201);
    expect(elsewhere.body.position).toBe(1);
    const page = await bob.get(`/api/rooms/${room}/messages?page_size=2`).expect(200);
    expect(items(page.body).map(({ position }) => position)).toEqual([3, 2]);
    expect(page.body.total).toBe(3);
    const rest = await bob.get(`/api/rooms/${room}/messages?page_size=2&cursor=${page.body.next_cursor}`).expect(200);
    expect(items(rest.body).map(({ body }) => body)).toEqual(['one']);
    expect(rest.body.next_cursor).toBeNull();
    await bob.get(`/api/rooms/${room}/messages?cursor=nonsense`).expect(400);
  });

  it('give each message two addresses, and none under another room', async () => {
    const [room, other] = [await newRoom(), await newRoom()];
    const made = await ann.post(`/api/rooms/${room}/messages`, { body: 'Hello' }).expect(201);
    expect(made.headers.location).toBe(`/api/messages/${made.body.id}`);
    await bob.get(`/api/messages/${made.body.id}`).expect(200);
    await bob.get(`/api/rooms/${room}/messages/${made.body.id}`).expect(200);
    await bob.get(`/api/rooms/${other}/messages/${made.body.id}`).expect(404);
    await ann.patch(`/api/rooms/${other}/messages/${made.body.id}`, { body: 'Moved' }).expect(404);
    await bob.patch(`/api/messages/${made.body.id}`, { body: 'Not mine' }).expect(403);
    const changed = await ann.patch(`/api/messages/${made.body.id}`, { body: 'Hello all' }).expect(200);
    expect(changed.body.edited_at).not.toBeNull();
    await bob.get(`/api/rooms/choices/messages`).expect(404);
  });

  it('keep the place of a message that is deleted, without its text', async () => {
    const room = await newRoom();
    const made = await ann.post(`/api/rooms/${room}/messages`, { body: 'Oops' }).expect(201);
    await bob.delete(`/api/messages/${made.body.id}`).expect(403);
    await ann.delete(`/api/messages/${made.body.id}`).expect(204);
    const read = await bob.get(`/api/messages/${made.body.id}`).expect(200);
    expect(read.body).toMatchObject({ body: null, position: 1, can: [] });
    await ann.patch(`/api/messages/${made.body.id}`, { body: 'Again' }).expect(409);
    await ann.delete(`/api/messages/${made.body.id}`).expect(409);
    const [stored] = await app.rows<{ body: string }>('SELECT body FROM messages WHERE id = :id', { id: made.body.id });
    expect(stored?.body).toBe('');
  });

  it('count what is unread, for oneself', async () => {
    const room = await newRoom();
    const unread = async (person: Person): Promise<unknown> => {
      const members = await person.get(`/api/rooms/${room}/members?user=${person.me.id}`).expect(200);
      return items(members.body)[0]?.unread;
    };
    await ann.post(`/api/rooms/${room}/messages`, { body: 'one' }).expect(201);
    await ann.post(`/api/rooms/${room}/messages`, { body: 'two' }).expect(201);
    expect([await unread(ann), await unread(bob)]).toEqual([0, 2]);
    await bob.post(`/api/rooms/${room}/mark-read`, { up_to: 1 }).expect(200);
    expect(await unread(bob)).toBe(1);
    await eve.post(`/api/rooms/${room}/mark-read`, { up_to: 1 }).expect(404);
  });

  it('are one for two people, however often and from whichever side it is opened', async () => {
    const opened = await Promise.all([
      ann.post('/api/rooms/direct', { user: eve.me.id }),
      eve.post('/api/rooms/direct', { user: ann.me.id }),
      ann.post('/api/rooms/direct', { user: eve.me.id }),
    ]);
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(opened.map(({ body }) => body.room.id)).size).toBe(1);
    await ann.post('/api/rooms/direct', { user: ann.me.id }).expect(409);
    await ann.post('/api/rooms/direct', { user: '01900000-0000-7000-8000-000000000000' }).expect(422);
  });

  it('let an owner say who is in it, and nobody write for another', async () => {
    const room = await newRoom();
    await bob.post(`/api/rooms/${room}/messages`, { body: 'Mine' }).expect(201);
    await ann.patch(`/api/rooms/${room}`, { messages: [] }).expect(422);
    const before = await ann.get(`/api/rooms/${room}/members?user=${ann.me.id}`).expect(200);
    const members = [{ user: ann.me.id, role: 'owner' }, { user: eve.me.id }];
    await ann.patch(`/api/rooms/${room}`, { members }).expect(200);
    await bob.get(`/api/rooms/${room}`).expect(404);
    const after = await eve.get(`/api/rooms/${room}/members`).expect(200);
    expect(items(after.body).map(({ id }) => id)).toContain(items(before.body)[0]?.id);
    expect(after.body.total).toBe(2);
  });

  it('carry a signal that leaves no trace', async () => {
    const room = await newRoom();
    const [before] = await app.rows<{ count: number }>('SELECT count(*)::int AS count FROM system.outbox');
    await bob.post(`/api/rooms/${room}/typing`).expect(200, {});
    await eve.post(`/api/rooms/${room}/typing`).expect(404);
    const [after] = await app.rows<{ count: number }>('SELECT count(*)::int AS count FROM system.outbox');
    expect(after).toEqual(before);
  });
});
