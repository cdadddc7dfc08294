import { flag, links, timestamp } from '../../../shared/query/filters.ts';
import type { RowSource } from '../../../shared/query/rows.ts';
import { Role } from './model.ts';

/** Which roles a caller may see, what each of them shows, and who may do what to it. */
export const roles: RowSource = {
  model: Role,
  table: 'roles',
  read: `:can_roles_read`,
  refer: `:signedIn`,
  display: `t.name`,
  columns: {
    id: `t.id`,
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    row_version: `t.row_version`,
    name: `t.name`,
    description: `t.description`,
    builtin: `t.builtin`,
    permissions: `(SELECT coalesce(json_agg(json_build_object('id', r.id, 'display', r.id) ORDER BY r.id), '[]')
      FROM role_permissions AS l JOIN permissions AS r ON r.id = l.permission_id
      WHERE l.role_id = t.id AND (:can_roles_read))`,
  },
  references: {
    permissions: { table: 'permissions', refer: `:can_roles_read` },
  },
  can: {
    update: { by: `:can_roles_manage` },
    delete: { by: `:can_roles_manage` },
  },
  filters: {
    created_at: timestamp(`t.created_at`),
    updated_at: timestamp(`t.updated_at`),
    builtin: flag(`t.builtin`),
    permissions: links({ table: 'role_permissions', near: 'role_id', far: 'permission_id' }),
  },
  sorts: {
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    builtin: `t.builtin`,
  },
  search: [],
  order: `t.id DESC`,
};
