import { rowFilters, uuid } from '../../../shared/query/filters.ts';
import { type RowSource, rowTimes, versionedColumns } from '../../../shared/query/rows.ts';
import { Sample } from './model.ts';

/** Which samples a caller may see, what each of them shows, and who may do what to it. */
export const samples: RowSource = {
  model: Sample,
  table: 'samples',
  read: `:signedIn`,
  refer: `:signedIn`,
  display: `t.title`,
  columns: {
    ...versionedColumns,
    created_by: `(SELECT json_build_object('id', r.id, 'display', r.name)
      FROM users AS r WHERE r.id = t.created_by_id AND (:signedIn))`,
    title: `t.title`,
    note: `t.note`,
    parent: `(SELECT json_build_object('id', r.id, 'display', r.title)
      FROM samples AS r WHERE r.id = t.parent_id AND (:signedIn))`,
  },
  references: {
    parent: { table: 'samples', refer: `:signedIn` },
  },
  can: {
    update: { by: `t.created_by_id = :actorId OR :can_sample_manage` },
    delete: { by: `t.created_by_id = :actorId OR :can_sample_manage` },
  },
  filters: {
    ...rowFilters,
    created_by: uuid(`t.created_by_id`),
    parent: uuid(`t.parent_id`),
  },
  sorts: {
    ...rowTimes,
    created_by: `t.created_by_id`,
    parent: `t.parent_id`,
  },
  search: [`t.title`],
  order: `t.id DESC`,
};
