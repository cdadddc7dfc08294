import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { Mailbox } from '../support/mailbox.ts';
import { newPerson } from '../support/people.ts';

const password = 'another horse battery staple';

describe('a forgotten password', () => {
  const box = new Mailbox();
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(box.env);
  });

  afterAll(async () => {
    await app.close();
    box.close();
  });

  const forget = async (email: string) => {
    await app.stranger().post('/api/forgot-password', { email }).expect(200, {});
    await box.settle(app.services);
  };
  const confirm = (given: object) => app.stranger().post('/api/password-resets/confirm', given);
  const login = (email: string, word: string) => app.stranger().post('/api/login', { email, password: word });

  it('is told to nobody, and the link is made after the answer', async () => {
    const ann = await newPerson(app);
    await app.stranger().post('/api/forgot-password', { email: ann.me.email }).expect(200, {});
    expect(await app.rows('SELECT id FROM password_resets')).toHaveLength(0);
    await forget('nobody@example.org');
    const resets = await app.rows<{ token_hash: string; lasts: number }>('SELECT token_hash, extract(epoch FROM expires_at - created_at)::int AS lasts FROM password_resets');
    expect(resets).toHaveLength(1);
    expect(resets[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(resets[0]?.lasts).toBeGreaterThan(3500);
    expect(box.mailsTo('nobody@example.org')).toEqual([]);
    await confirm({ token: 'nobody-was-ever-sent-this-token', password }).expect(404);
    await confirm({}).expect(422);
  });

  it('is replaced by the link of a mail, once, and every session ends', async () => {
    const ann = await newPerson(app);
    await forget(ann.me.email);
    const token = box.tokenFor(ann.me.email);
    expect(JSON.stringify(await app.rows('SELECT * FROM system.outbox'))).not.toContain(token);
    await confirm({ token, password: 'short' }).expect(422);
    await confirm({ token, password }).expect(200, {});
    await confirm({ token, password }).expect(404);
    await ann.get('/api/me').expect(401);
    await login(ann.me.email, ann.me.password).expect(401);
    await login(ann.me.email, password).expect(200);
    await box.settle(app.services);
    expect(box.mailsTo(ann.me.email).at(-1)).toContain('Your password was changed');
  });

  it('is not replaced for who is not active, and not after an hour', async () => {
    const ann = await newPerson(app);
    await forget(ann.me.email);
    const token = box.tokenFor(ann.me.email);
    await app.rows('UPDATE users SET active = false WHERE id = :id RETURNING id', { id: ann.me.id });
    await confirm({ token, password }).expect(409);
    await app.rows('UPDATE users SET active = true WHERE id = :id RETURNING id', { id: ann.me.id });
    await app.rows(`UPDATE password_resets SET expires_at = now() - interval '1 second' WHERE user_id = :id RETURNING id`, { id: ann.me.id });
    await confirm({ token, password }).expect(404);
  });
});
