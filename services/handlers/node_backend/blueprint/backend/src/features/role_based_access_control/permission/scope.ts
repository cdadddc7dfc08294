import { rowFilters } from '../../../shared/query/filters.ts';
import { rowColumns, type RowSource, rowTimes } from '../../../shared/query/rows.ts';
import { Permission } from './model.ts';

/** Which permissions a caller may see, what each of them shows, and who may do what to it. */
export const permissions: RowSource = {
  model: Permission,
  table: 'permissions',
  read: `:can_roles_read`,
  refer: `:can_roles_read`,
  display: `t.title`,
  columns: {
    ...rowColumns,
    key: `t.key`,
    title: `t.title`,
  },
  can: {},
  filters: {
    ...rowFilters,
  },
  sorts: {
    ...rowTimes,
    key: `t.key`,
    title: `t.title`,
  },
  search: [`t.key`, `t.title`],
  order: `t.id DESC`,
};
