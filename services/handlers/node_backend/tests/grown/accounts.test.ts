import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnce } from '../../src/shared/jobs/jobs.ts';
import { dispatch } from '../../src/shared/jobs/outbox.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';

describe('accounts without their password', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  async function settle(): Promise<void> {
    while ((await dispatch(app.services)) > 0 || (await workOnce(app.services)));
  }

  it('ask for a link, which nobody is told about and which is made after the answer', async () => {
    const ann = await newPerson(app);
    await app.stranger().post('/api/forgot-password', { email: ann.me.email }).expect(200, {});
    await app.stranger().post('/api/forgot-password', { email: 'nobody@example.org' }).expect(200, {});
    expect(await app.rows('SELECT id FROM password_resets')).toHaveLength(0);
    await settle();
    const [reset] = await app.rows<{ token_hash: string; lasts: number }>(
      'SELECT token_hash, extract(epoch FROM expires_at - created_at)::int AS lasts FROM password_resets',
    );
    expect(reset?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(reset?.lasts).toBeGreaterThan(3500);
    const mails = await app.rows<{ template: string; recipient: string }>(`SELECT template, recipient FROM system.mails WHERE template = 'password_reset'`);
    expect(mails).toEqual([{ template: 'password_reset', recipient: ann.me.email }]);
    await app.stranger().post('/api/password-resets/confirm', { token: 'nobody-was-ever-sent-this-token', password: 'correct horse battery' }).expect(404);
    await app.stranger().post('/api/password-resets/confirm', {}).expect(422);
  });

  it('are locked by failures at one address, whether they exist or not', async () => {
    const ann = await newPerson(app);
    for (const email of [ann.me.email, 'ghost@example.org']) {
      for (let failure = 0; failure < 5; failure += 1) {
        await app.stranger().post('/api/login', { email, password: 'not the password' }).expect(401);
      }
      const locked = await app.stranger().post('/api/login', { email, password: ann.me.password }).expect(409);
      expect(locked.body.error.message).toMatch(/^Too many failed attempts/);
    }
    const admin = await newPerson(app, 'admin');
    await ann.get('/api/failed-logins').expect(403);
    const list = await admin.get(`/api/failed-logins?search=${ann.me.email}`).expect(200);
    expect(list.body.total).toBe(5);
    await admin.post(`/api/failed-logins/${list.body.items[0].id}/unlock`).expect(200);
    await app.stranger().post('/api/login', { email: ann.me.email, password: ann.me.password }).expect(200);
  });

  it('show administrators which jobs and mails there are', async () => {
    const admin = await newPerson(app, 'admin');
    const jobs = await admin.get('/api/jobs?state=done').expect(200);
    expect(jobs.body.total).toBeGreaterThan(0);
    const [job] = jobs.body.items;
    await admin.post(`/api/jobs/${job.id}/cancel`).expect(409);
    const mails = await admin.get('/api/email-messages').expect(200);
    expect(mails.body.items.map(({ template }: { template: string }) => template)).toContain('password_reset');
    await app.rows(`UPDATE system.jobs SET failed_at = now(), finished_at = NULL, last_error = 'broken' WHERE id = :id RETURNING id`, { id: job.id });
    const again = await admin.post(`/api/jobs/${job.id}/retry`).expect(200);
    expect(again.body.state).toBe('waiting');
    const person = await newPerson(app);
    await person.get('/api/jobs').expect(403);
    await person.get('/api/email-messages').expect(403);
  });
});
