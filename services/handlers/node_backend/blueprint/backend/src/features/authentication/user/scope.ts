import { flag, links, rowFilters, timestamp } from '../../../shared/query/filters.ts';
import { type RowSource, rowTimes, versionedColumns } from '../../../shared/query/rows.ts';
import { User } from './model.ts';

const mayUpdate = `:can_users_manage AND (:can_roles_manage
      OR NOT EXISTS (
        SELECT 1
        FROM roles AS r
          JOIN users_roles ON users_roles.role_id = r.id
        WHERE users_roles.user_id = t.id
          AND EXISTS (
            SELECT 1
            FROM permissions AS p
              JOIN roles_permissions ON roles_permissions.permission_id = p.id
            WHERE roles_permissions.role_id = r.id AND p.key = 'roles.manage'
          )
      ))`;

/** Which users a caller may see, what each of them shows, and who may do what to it. */
export const users: RowSource = {
  model: User,
  table: 'users',
  read: `t.deleted_at IS NULL AND (t.id = :actorId OR :can_users_read)`,
  refer: `t.deleted_at IS NULL AND :signedIn`,
  deleted: `t.deleted_at IS NOT NULL AND (t.id = :actorId OR :can_users_read)`,
  display: `t.name`,
  columns: {
    ...versionedColumns,
    email: `t.email`,
    name: `t.name`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
    roles: `(SELECT coalesce(json_agg(json_build_object('id', r.id, 'display', r.name) ORDER BY r.name, r.id), '[]')
      FROM users_roles AS l JOIN roles AS r ON r.id = l.role_id
      WHERE l.user_id = t.id AND (:signedIn))`,
  },
  references: {
    roles: { table: 'roles', refer: `:signedIn` },
  },
  can: {
    update: { by: mayUpdate },
    delete: { by: mayUpdate },
    restore: {
      by: mayUpdate,
      if: [
        { sql: `t.deleted_at IS NOT NULL`, message: 'It is not deleted.' },
      ],
    },
    deactivate: {
      by: mayUpdate,
      if: [
        { sql: `t.id <> :actorId`, message: 'You cannot deactivate yourself.' },
      ],
    },
    reactivate: {
      by: `:can_users_manage`,
      if: [
        { sql: `NOT t.active`, message: 'This user is active already.' },
      ],
    },
  },
  filters: {
    ...rowFilters,
    active: flag(`t.active`),
    last_login_at: timestamp(`t.last_login_at`),
    roles: links({ table: 'users_roles', near: 'user_id', far: 'role_id' }),
  },
  sorts: {
    ...rowTimes,
    email: `t.email`,
    name: `t.name`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
  },
  search: [`t.email`, `t.name`],
  order: `t.id DESC`,
};
