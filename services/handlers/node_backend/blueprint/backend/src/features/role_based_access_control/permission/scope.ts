import { timestamp } from '../../../shared/query/filters.ts';
import type { RowSource } from '../../../shared/query/rows.ts';
import { Permission } from './model.ts';

/** Which permissions a caller may see, what each of them shows, and who may do what to it. */
export const permissions: RowSource = {
  model: Permission,
  table: 'permissions',
  read: `:can_roles_read`,
  refer: `:can_roles_read`,
  display: `t.title`,
  columns: {
    id: `t.id`,
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    key: `t.key`,
    title: `t.title`,
  },
  can: {},
  filters: {
    created_at: timestamp(`t.created_at`),
    updated_at: timestamp(`t.updated_at`),
  },
  sorts: {
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    key: `t.key`,
    title: `t.title`,
  },
  search: [`t.key`, `t.title`],
  order: `t.id DESC`,
};
