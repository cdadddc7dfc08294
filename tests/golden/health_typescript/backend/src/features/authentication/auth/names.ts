import type { Sequelize } from 'sequelize';
import { select } from '../../../shared/database/sql.ts';
import type { Holder } from '../../../shared/policy/caller.ts';

export { RefreshToken } from '../refresh-token/model.ts';
export { Session } from '../session/model.ts';
export { User } from '../user/model.ts';

/** The user `u` of an open session `s`, with the roles they hold: one query for each request. */
export const callerQuery = `
  SELECT s.id AS "sessionId", u.id AS "userId",
    ARRAY(SELECT jsonb_array_elements_text(u.role_names) ORDER BY 1) AS "roles", ARRAY[]::text[] AS "permissions"
  FROM sessions AS s JOIN users AS u ON u.id = s.user_id
  WHERE s.id = :session AND u.id = :user AND s.ended_at IS NULL AND s.expires_at > now() AND u.active AND u.deleted_at IS NULL`;

/** Permissions of each role. */
const grants: Readonly<Record<string, readonly string[]>> = {
  'admin': ['health.read'],
};

/** Adds the permissions of the roles that are held. */
export function held(holder: Holder): Holder {
  const permissions = holder.roles.flatMap((role) => (Object.hasOwn(grants, role) ? (grants[role] ?? []) : []));
  return { ...holder, permissions: [...new Set(permissions)] };
}

/** Gives a user a role; true if both exist. A role that is held already stays held. */
export async function giveRole(database: Sequelize, email: string, role: string): Promise<boolean> {
  if (!Object.hasOwn(grants, role)) return false;
  const given = await select<{ id: string }>(
    database,
    `UPDATE users AS u
     SET role_names = CASE WHEN u.role_names @> jsonb_build_array(:role::text) THEN u.role_names
                           ELSE u.role_names || jsonb_build_array(:role::text) END
     WHERE u.email = lower(:email) AND u.deleted_at IS NULL RETURNING u.id`,
    { email, role },
  );
  return given.length > 0;
}
