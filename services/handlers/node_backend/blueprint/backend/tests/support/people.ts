import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import type { Sequelize } from 'sequelize';
import { giveRole } from '../../src/features/authentication/auth/names.ts';
import { Person } from './person.ts';

export const PASSWORD = 'correct horse battery staple';

/** Registers somebody new, who then holds these roles. */
export async function newPerson(app: Express, database: Sequelize, roles: readonly string[]): Promise<Person> {
  const email = `${randomUUID()}@example.org`;
  const answer = await new Person(app).post('/api/register', { email, name: 'Pat Person', password: PASSWORD }).expect(200);
  for (const role of roles) {
    if (!(await giveRole(database, email, role))) throw new Error(`There is no role ${role}.`);
  }
  return new Person(app, {
    id: answer.body.user.id,
    email,
    password: PASSWORD,
    accessToken: answer.body.tokens.access_token,
    refreshToken: answer.body.tokens.refresh_token,
  });
}
