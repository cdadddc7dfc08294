import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { Mailbox } from '../support/mailbox.ts';
import { PASSWORD } from '../support/people.ts';
import { Person } from '../support/person.ts';

describe('an address that is to be confirmed', () => {
  const box = new Mailbox();
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(box.env);
  });

  afterAll(async () => {
    await app.close();
    box.close();
  });

  /** Somebody who has registered and done nothing else. */
  async function newcomer(): Promise<Person> {
    const email = `${randomUUID()}@example.org`;
    const { body } = await app.stranger().post('/api/register', { email, name: 'New Person', password: PASSWORD }).expect(200);
    await box.settle(app.services);
    const { access_token: accessToken, refresh_token: refreshToken } = body.tokens;
    return new Person(app.app, { id: body.user.id, email, password: PASSWORD, accessToken, refreshToken });
  }
  const confirm = (token: string) => app.stranger().post('/api/email-verifications/confirm', { token });

  it('closes everything but what opens it', async () => {
    const ann = await newcomer();
    expect((await ann.get('/api/me').expect(200)).body.user.email_verified).toBe(false);
    expect((await ann.get('/api/users/choices').expect(403)).body.error.code).toBe('email_unverified');
    await confirm(box.tokenFor(ann.me.email)).expect(200, {});
    expect((await ann.get('/api/me').expect(200)).body.user.email_verified).toBe(true);
    expect((await ann.get('/api/users/choices')).body.error?.code).not.toBe('email_unverified');
    await confirm(box.tokenFor(ann.me.email)).expect(404);
    await ann.post('/api/resend-verification').expect(409);
  });

  it('gets another link, and no link confirms what is not the address any more', async () => {
    const ann = await newcomer();
    const first = box.tokenFor(ann.me.email);
    await ann.post('/api/resend-verification').expect(200);
    await app.stranger().post('/api/resend-verification').expect(401);
    await box.settle(app.services);
    expect(box.mailsTo(ann.me.email)).toHaveLength(2);
    expect(box.tokenFor(ann.me.email)).not.toBe(first);
    await app.rows(`UPDATE users SET email = 'moved@example.org' WHERE id = :id RETURNING id`, { id: ann.me.id });
    await confirm(first).expect(409);
  });
});
