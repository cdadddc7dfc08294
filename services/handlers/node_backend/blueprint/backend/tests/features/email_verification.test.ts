import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withMailbox } from '../support/mailbox.ts';
//@organizations import { join } from '../support/organizations.ts';
import { PASSWORD } from '../support/people.ts';
import { Person } from '../support/person.ts';

describe('an address that is to be confirmed', () => {
  const suite = withMailbox();

  /** Somebody who has registered and done nothing else. */
  async function newcomer(): Promise<Person> {
    const email = `${randomUUID()}@example.org`;
    const { body } = await suite.app.stranger().post('/api/register', { email, name: 'New Person', password: PASSWORD }).expect(200);
    await suite.box.settle(suite.app.services);
    //@organizations await join(suite.app, body.user.id);
    const { access_token: accessToken, refresh_token: refreshToken } = body.tokens;
    return new Person(suite.app.app, { id: body.user.id, email, password: PASSWORD, accessToken, refreshToken });
  }
  const confirm = (token: string) => suite.app.stranger().post('/api/email-verifications/confirm', { token });

  it('closes everything but what opens it', async () => {
    const ann = await newcomer();
    expect((await ann.get('/api/me').expect(200)).body.user.email_verified).toBe(false);
    expect((await ann.get('/api/email-messages').expect(403)).body.error.code).toBe('email_unverified');
    await confirm(suite.box.tokenFor(ann.me.email)).expect(200, {});
    expect((await ann.get('/api/me').expect(200)).body.user.email_verified).toBe(true);
    expect((await ann.get('/api/email-messages')).body.error?.code).not.toBe('email_unverified');
    await confirm(suite.box.tokenFor(ann.me.email)).expect(404);
    await ann.post('/api/resend-verification').expect(409);
  });

  it('gets another link, and no link confirms what is not the address any more', async () => {
    const ann = await newcomer();
    const first = suite.box.tokenFor(ann.me.email);
    await ann.post('/api/resend-verification').expect(200);
    await suite.app.stranger().post('/api/resend-verification').expect(401);
    await suite.box.settle(suite.app.services);
    expect(suite.box.mailsTo(ann.me.email)).toHaveLength(2);
    expect(suite.box.tokenFor(ann.me.email)).not.toBe(first);
    await suite.app.rows(`UPDATE users SET email = 'moved@example.org' WHERE id = :id RETURNING id`, { id: ann.me.id });
    await confirm(first).expect(409);
  });
});
