import type { Sequelize } from 'sequelize';
import { select } from '../../src/shared/database/sql.ts';
import type { TestApp } from './app.ts';

/** Makes somebody a member of an organization, which is theirs from then on, with a role that permits nothing by itself. */
export async function join(app: TestApp, user: string, organization = 'Ours'): Promise<void> {
  await app.rows(
    `WITH role AS (
       INSERT INTO roles (name) VALUES ('member of tests') ON CONFLICT (lower(name)) DO UPDATE SET name = excluded.name RETURNING id),
     ours AS (
       INSERT INTO organizations (name, slug) VALUES (:organization, lower(:organization))
       ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id),
     membership AS (
       INSERT INTO organization_memberships (organization_id, user_id, role_id) SELECT ours.id, :user::uuid, role.id FROM ours, role)
     UPDATE sessions SET organization_id = ours.id FROM ours WHERE user_id = :user RETURNING sessions.id`,
    { user, organization },
  );
}

/** The organization of somebody who is a member of one at the most. */
export async function organizationOf(database: Sequelize, user: string): Promise<string | null> {
  const sql = `SELECT organization_id AS id FROM organization_memberships WHERE user_id = :user::uuid LIMIT 1`;
  const [found] = await select<{ id: string }>(database, sql, { user });
  return found?.id ?? null;
}
