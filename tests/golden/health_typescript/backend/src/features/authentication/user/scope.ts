import { flag, timestamp } from '../../../shared/query/filters.ts';
import type { RowSource } from '../../../shared/query/rows.ts';
import { User } from './model.ts';

/** Which users a caller may see, what each of them shows, and who may do what to it. */
export const users: RowSource = {
  model: User,
  table: 'users',
  read: `t.deleted_at IS NULL AND t.id = :actorId`,
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
  },
  can: {},
  filters: {
    created_at: timestamp(`t.created_at`),
    updated_at: timestamp(`t.updated_at`),
    active: flag(`t.active`),
    last_login_at: timestamp(`t.last_login_at`),
  },
  sorts: {
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
    email: `t.email`,
    name: `t.name`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
  },
  search: [`t.email`, `t.name`],
  order: `t.id DESC`,
};
