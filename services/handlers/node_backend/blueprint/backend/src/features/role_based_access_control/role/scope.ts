import { flag, links, rowFilters } from '../../../shared/query/filters.ts';
import { type RowSource, rowTimes, versionedColumns } from '../../../shared/query/rows.ts';
import { Role } from './model.ts';

/** Which roles a caller may see, what each of them shows, and who may do what to it. */
export const roles: RowSource = {
  model: Role,
  table: 'roles',
  read: `:can_roles_read`,
  refer: `:signedIn`,
  display: `t.name`,
  columns: {
    ...versionedColumns,
    name: `t.name`,
    description: `t.description`,
    builtin: `t.builtin`,
    permissions: `(SELECT coalesce(json_agg(json_build_object('id', r.id, 'display', r.title) ORDER BY r.title, r.id), '[]')
      FROM roles_permissions AS l JOIN permissions AS r ON r.id = l.permission_id
      WHERE l.role_id = t.id AND (:can_roles_read))`,
    users: `(SELECT coalesce(json_agg(json_build_object('id', r.id, 'display', r.name) ORDER BY r.name, r.id), '[]')
      FROM users_roles AS l JOIN users AS r ON r.id = l.user_id
      WHERE l.role_id = t.id AND (:signedIn))`,
  },
  references: {
    permissions: { table: 'permissions', refer: `:can_roles_read` },
    users: { table: 'users', refer: `t.deleted_at IS NULL AND :signedIn` },
  },
  can: {
    update: { by: `:can_roles_manage` },
    delete: { by: `:can_roles_manage` },
  },
  filters: {
    ...rowFilters,
    builtin: flag(`t.builtin`),
    permissions: links({ table: 'roles_permissions', near: 'role_id', far: 'permission_id' }),
    users: links({ table: 'users_roles', near: 'role_id', far: 'user_id' }),
  },
  sorts: {
    ...rowTimes,
    name: `t.name`,
    builtin: `t.builtin`,
  },
  search: [`t.name`],
  order: `t.id DESC`,
};
