import { randomUUID } from 'node:crypto';
import { giveRole } from '../../src/features/authentication/auth/names.ts';
import type { TestApp } from './app.ts';
//@organizations import { join } from './organizations.ts';
import { Person } from './person.ts';

export const PASSWORD = 'correct horse battery staple';

/** Whether people hold roles in this application: without them nobody has a permission. */
export function hasRoles(app: TestApp): boolean {
  return app.services.models.has('Role');
}

/** Registers somebody new, who then holds these roles. */
export async function newPerson(app: TestApp, ...roles: string[]): Promise<Person> {
  const email = `${randomUUID()}@example.org`;
  const answer = await app.stranger().post('/api/register', { email, name: 'Pat Person', password: PASSWORD }).expect(200);
  // Where an address has to be confirmed, that of a person of a test is.
  if ('verified_email' in (app.services.models.get('User')?.getAttributes() ?? {})) {
    await app.rows('UPDATE users SET verified_email = email WHERE email = :email RETURNING id', { email });
  }
  for (const role of roles) {
    if (!(await giveRole(app.services.database, email, role))) throw new Error(`There is no role ${role}.`);
  }
  //@organizations await join(app, answer.body.user.id);
  return new Person(app.app, {
    id: answer.body.user.id,
    email,
    password: PASSWORD,
    accessToken: answer.body.tokens.access_token,
    refreshToken: answer.body.tokens.refresh_token,
  });
}
