import { address, rowFilters, text, uuid } from '../../../shared/query/filters.ts';
import { newestFirst, rowColumns, type RowSource } from '../../../shared/query/rows.ts';
import { AuditEntry } from './model.ts';

/** Which audit entries a caller may see, what each of them shows, and who may do what to it. */
export const auditEntries: RowSource = {
  model: AuditEntry,
  table: 'audit_entries',
  read: `:can_audit_read`,
  refer: `:can_audit_read`,
  display: `t.id`,
  columns: {
    ...rowColumns,
    actor: `(SELECT json_build_object('id', r.id, 'display', r.name)
      FROM users AS r WHERE r.id = t.actor_id AND (:signedIn))`,
    action: `t.action`,
    target_model: `t.target_model`,
    target_id: `t.target_id`,
    target_title: `t.target_title`,
    before: `t.before`,
    after: `t.after`,
    address: `host(t.address)`,
    correlation: `t.correlation`,
  },
  can: {},
  filters: {
    ...rowFilters,
    actor: uuid(`t.actor_id`),
    action: text(`t.action`),
    target_model: text(`t.target_model`),
    target_id: uuid(`t.target_id`),
    address: address(`t.address`),
    correlation: text(`t.correlation`),
  },
  sorts: {},
  search: [`t.target_title`],
  ...newestFirst,
};
