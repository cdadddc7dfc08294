import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notify } from '../../src/features/notifications/notify/index.ts';
import { inTransaction } from '../../src/shared/actions/transaction.ts';
import { stranger } from '../../src/shared/policy/caller.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

const kind = 'something_happened';
const preference = `/api/notification-preferences/${kind}`;

describe('notifications', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob] = [await newPerson(app), await newPerson(app)];
  });

  afterAll(() => app.close());

  async function tell(title: string, link: { type: string; id: string } | undefined, ...people: Person[]): Promise<void> {
    const origin = { correlation: 'test', address: null, userAgent: null };
    await inTransaction(app.services, stranger(), origin, (unit) =>
      notify(unit, people.map(({ me }) => me.id), { kind, title, ...(link && { link }) }),
    );
  }

  it('reach each person once, and nobody else', async () => {
    await tell('A visitor', { type: 'User', id: ann.me.id }, ann, ann);
    const list = await ann.get('/api/notifications').expect(200);
    expect(list.body).toMatchObject({ total: 1, items: [{ title: 'A visitor', kind, read_at: null, link: { type: 'User', id: ann.me.id } }] });
    const [{ id }] = list.body.items;
    await bob.get(`/api/notifications/${id}`).expect(404);
    expect((await bob.get('/api/notifications/unread-count').expect(200)).body).toEqual({ count: 0 });
    expect((await ann.get('/api/notifications/unread-count').expect(200)).body).toEqual({ count: 1 });
    await bob.post(`/api/notifications/${id}/mark-read`).expect(404);
    await ann.post(`/api/notifications/${id}/mark-read`).expect(200);
    await ann.post('/api/notifications/mark-all-read').expect(200);
    expect((await ann.get('/api/notifications/unread-count').expect(200)).body).toEqual({ count: 0 });
    await app.stranger().get('/api/notifications').expect(401);
  });

  it('follow preferences, which are there before they are set', async () => {
    const before = await bob.get(preference).expect(200);
    expect(before.body).toMatchObject({ id: null, kind, in_app: true, email: false });
    const put = await bob.put(preference, { in_app: false }).expect(200);
    expect(put.body).toMatchObject({ kind, in_app: false, email: false, user: { id: bob.me.id } });
    const again = await bob.put(preference, { email: true }).expect(200);
    expect(again.body).toMatchObject({ id: put.body.id, in_app: false, email: true });
    await tell('By mail only', undefined, bob);
    const list = await bob.get('/api/notifications').expect(200);
    expect(list.body.items[0].read_at).not.toBeNull();
    await bob.put(preference, { email: false }).expect(200);
    await tell('Not wanted', undefined, bob);
    expect((await bob.get('/api/notifications').expect(200)).body.total).toBe(1);
    await bob.delete(preference).expect(204);
    await bob.delete(preference).expect(404);
    expect((await bob.get(preference).expect(200)).body.in_app).toBe(true);
  });

  it('refuse preferences that are none', async () => {
    await ann.put(preference, { in_app: 'yes' }).expect(422);
    await ann.put(preference, { in_app: true, loud: true }).expect(422);
    await ann.get('/api/notification-preferences/%00').expect(404);
    await ann.put(`/api/notification-preferences/${'x'.repeat(61)}`, {}).expect(422);
    await app.stranger().put(preference, {}).expect(401);
    await app.stranger().get(preference).expect(401);
  });

  it('are put once by two who put at the same moment', async () => {
    const answers = await Promise.all([true, false, true, false].map((email) => ann.put(preference, { email })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });
});
