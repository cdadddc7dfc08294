import { describe, expect, it } from 'vitest';
import { withMailbox } from '../support/mailbox.ts';
import { newPerson } from '../support/people.ts';

const password = 'another horse battery staple';

describe('a forgotten password', () => {
  const suite = withMailbox();

  const forget = async (email: string) => {
    await suite.app.stranger().post('/api/forgot-password', { email }).expect(200, {});
    await suite.box.settle(suite.app.services);
  };
  const confirm = (given: object) => suite.app.stranger().post('/api/password-resets/confirm', given);
  const login = (email: string, word: string) => suite.app.stranger().post('/api/login', { email, password: word });

  it('is told to nobody, and the link is made after the answer', async () => {
    const ann = await newPerson(suite.app);
    await suite.app.stranger().post('/api/forgot-password', { email: ann.me.email }).expect(200, {});
    expect(await suite.app.rows('SELECT id FROM password_resets')).toHaveLength(0);
    await forget('nobody@example.org');
    const resets = await suite.app.rows<{ token_hash: string; lasts: number }>('SELECT token_hash, extract(epoch FROM expires_at - created_at)::int AS lasts FROM password_resets');
    expect(resets).toHaveLength(1);
    expect(resets[0]?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(resets[0]?.lasts).toBeGreaterThan(3500);
    expect(suite.box.mailsTo('nobody@example.org')).toEqual([]);
    await confirm({ token: 'nobody-was-ever-sent-this-token', password }).expect(404);
    await confirm({}).expect(422);
  });

  it('is replaced by the link of a mail, once, and every session ends', async () => {
    const ann = await newPerson(suite.app);
    await forget(ann.me.email);
    const token = suite.box.tokenFor(ann.me.email);
    expect(JSON.stringify(await suite.app.rows('SELECT * FROM system.outbox'))).not.toContain(token);
    await confirm({ token, password: 'short' }).expect(422);
    await confirm({ token, password }).expect(200, {});
    await confirm({ token, password }).expect(404);
    await ann.get('/api/me').expect(401);
    await login(ann.me.email, ann.me.password).expect(401);
    await login(ann.me.email, password).expect(200);
    await suite.box.settle(suite.app.services);
    expect(suite.box.mailsTo(ann.me.email).at(-1)).toContain('Your password was changed');
  });

  it('is not replaced for who is not active, and not after an hour', async () => {
    const ann = await newPerson(suite.app);
    await forget(ann.me.email);
    const token = suite.box.tokenFor(ann.me.email);
    await suite.app.rows('UPDATE users SET active = false WHERE id = :id RETURNING id', { id: ann.me.id });
    await confirm({ token, password }).expect(409);
    await suite.app.rows('UPDATE users SET active = true WHERE id = :id RETURNING id', { id: ann.me.id });
    await suite.app.rows(`UPDATE password_resets SET expires_at = now() - interval '1 second' WHERE user_id = :id RETURNING id`, { id: ann.me.id });
    await confirm({ token, password }).expect(404);
  });
});
