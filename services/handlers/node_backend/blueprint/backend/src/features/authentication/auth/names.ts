import type { Sequelize } from 'sequelize';
import { select } from '../../../shared/database/sql.ts';

export { RefreshToken } from '../refresh-token/model.ts';
export { Session } from '../session/model.ts';
export { User } from '../user/model.ts';

/** The user `u` of an open session `s`, with all that decides what they may do: one query for each request. */
export const callerQuery = `
  SELECT s.id AS "sessionId", u.id AS "userId",
    ARRAY(SELECT r.name FROM users_roles AS l JOIN roles AS r ON r.id = l.role_id
          WHERE l.user_id = u.id ORDER BY r.name) AS "roles",
    ARRAY(SELECT DISTINCT p.key FROM users_roles AS l
          JOIN roles_permissions AS g ON g.role_id = l.role_id
          JOIN permissions AS p ON p.id = g.permission_id
          WHERE l.user_id = u.id ORDER BY p.key) AS "permissions"
  FROM sessions AS s JOIN users AS u ON u.id = s.user_id
  WHERE s.id = :session AND u.id = :user AND s.ended_at IS NULL AND s.expires_at > now() AND u.active AND u.deleted_at IS NULL`;

/** What the tables say is all there is. */
export function held<H>(holder: H): H {
  return holder;
}

/** Gives a user a role; true if both exist. A role that is held already stays held. */
export async function giveRole(database: Sequelize, email: string, role: string): Promise<boolean> {
  const given = await select<{ id: string }>(
    database,
    `WITH found AS (
       SELECT u.id AS user_id, r.id AS role_id FROM users AS u, roles AS r
       WHERE u.email = lower(:email) AND u.deleted_at IS NULL AND lower(r.name) = lower(:role)),
     given AS (
       INSERT INTO users_roles (user_id, role_id)
       SELECT user_id, role_id FROM found ON CONFLICT DO NOTHING)
     SELECT user_id AS id FROM found`,
    { email, role },
  );
  return given.length > 0;
}
