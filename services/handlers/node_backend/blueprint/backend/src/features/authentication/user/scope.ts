import { flag, links, timestamp } from '../../../shared/query/filters.ts';
import type { RowSource } from '../../../shared/query/rows.ts';
import { User } from './model.ts';

/** Which users a caller may see, what each of them shows, and who may do what to it. */
export const users: RowSource = {
  model: User,
  table: 'users',
  read: `t.deleted_at IS NULL AND (t.id = :actorId OR :can_users_read)`,
  refer: `t.deleted_at IS NULL AND :signedIn`,
  display: `t.name`,
  columns: {
    id: `t.id`,
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    row_version: `t.row_version`,
    email: `t.email`,
    name: `t.name`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
    roles: `(SELECT coalesce(json_agg(json_build_object('id', r.id, 'display', r.name) ORDER BY r.name, r.id), '[]')
      FROM user_roles AS l JOIN roles AS r ON r.id = l.role_id
      WHERE l.user_id = t.id AND (:signedIn))`,
  },
  references: {
    roles: { table: 'roles', refer: `:signedIn` },
  },
  can: {
    update: { by: `:can_users_manage` },
    delete: { by: `:can_users_manage` },
    deactivate: {
      by: `:can_users_manage`,
      if: [
        { sql: `t.id <> :actorId`, message: 'You cannot deactivate yourself.' },
      ],
    },
    reactivate: { by: `:can_users_manage` },
  },
  filters: {
    created_at: timestamp(`t.created_at`),
    updated_at: timestamp(`t.updated_at`),
    active: flag(`t.active`),
    last_login_at: timestamp(`t.last_login_at`),
    roles: links({ table: 'user_roles', near: 'user_id', far: 'role_id' }),
  },
  sorts: {
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
  },
  search: [`t.email`, `t.name`],
  order: `t.id DESC`,
};
