import { flag, rowFilters, timestamp } from '../../../shared/query/filters.js';
import { rowTimes, versionedColumns } from '../../../shared/query/rows.js';
import { User } from './model.js';

/** Which users a caller may see, what each of them shows, and who may do what to it. */
export const users = {
  model: User,
  table: 'users',
  read: `t.deleted_at IS NULL AND t.id = :actorId`,
  refer: `t.deleted_at IS NULL AND :signedIn`,
  display: `t.name`,
  columns: {
    ...versionedColumns,
    email: `t.email`,
    name: `t.name`,
    active: `t.active`,
    last_login_at: `t.last_login_at`,
  },
  can: {},
  filters: {
    ...rowFilters,
    active: flag(`t.active`),
    last_login_at: timestamp(`t.last_login_at`),
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
