import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { hasRoles, newPerson } from '../support/people.ts';

describe('accounts', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  it('are locked by failures at one address, whether they exist or not', async () => {
    const ann = await newPerson(app);
    for (const email of [ann.me.email, 'ghost@example.org']) {
      for (let failure = 0; failure < 5; failure += 1) {
        await app.stranger().post('/api/login', { email, password: 'not the password' }).expect(401);
      }
      const locked = await app.stranger().post('/api/login', { email, password: ann.me.password }).expect(409);
      expect(locked.body.error.message).toMatch(/^Too many failed attempts/);
    }
  });

  it('are opened again by an administrator', async ({ skip }) => {
    skip(!hasRoles(app), 'nobody is an administrator here');
    const ann = await newPerson(app);
    for (let failure = 0; failure < 5; failure += 1) {
      await app.stranger().post('/api/login', { email: ann.me.email, password: 'not the password' }).expect(401);
    }
    const admin = await newPerson(app, 'admin');
    await ann.get('/api/failed-logins').expect(403);
    const list = await admin.get(`/api/failed-logins?search=${ann.me.email}`).expect(200);
    expect(list.body.total).toBe(5);
    await admin.post(`/api/failed-logins/${list.body.items[0].id}/unlock`).expect(200);
    await app.stranger().post('/api/login', { email: ann.me.email, password: ann.me.password }).expect(200);
  });
});
