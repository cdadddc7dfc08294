import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import { Person } from '../support/person.ts';

describe('sessions of one person', () => {
  let app: TestApp;
  let ann: Person;
  let phone: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob] = [await newPerson(app), await newPerson(app)];
    const { email, password } = ann.me;
    const login = await app.stranger().post('/api/login', { email, password }).expect(200);
    const { access_token: accessToken, refresh_token: refreshToken } = login.body.tokens;
    phone = new Person(app.app, { ...ann.me, accessToken, refreshToken });
  });

  afterAll(() => app.close());

  it('are listed for their owner, end, and open nothing afterwards', async () => {
    const seen = await ann.get('/api/sessions?open=true').expect(200);
    expect(seen.body.total).toBe(2);
    expect(seen.body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const other = seen.body.items.find(({ current }: { current: boolean }) => !current);
    await bob.post(`/api/sessions/${other.id}/end`).expect(404);
    await ann.post(`/api/sessions/${other.id}/end`).expect(200);
    await ann.post(`/api/sessions/${other.id}/end`).expect(409);
    await phone.get('/api/me').expect(401);
    await app.stranger().post('/api/refresh', { refresh_token: phone.me.refreshToken }).expect(401);
    await ann.post('/api/sessions/end-others').expect(200);
    await ann.get('/api/me').expect(200);
    await app.stranger().get('/api/sessions').expect(401);
  });
});
