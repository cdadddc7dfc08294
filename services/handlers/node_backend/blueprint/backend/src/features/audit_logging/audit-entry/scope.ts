import { address, text, timestamp, uuid } from '../../../shared/query/filters.ts';
import type { RowSource } from '../../../shared/query/rows.ts';
import { AuditEntry } from './model.ts';

/** Which audit entries a caller may see, what each of them shows, and who may do what to it. */
export const auditEntries: RowSource = {
  model: AuditEntry,
  table: 'audit_entries',
  read: `:can_audit_read`,
  refer: `:can_audit_read`,
  display: `t.id`,
  columns: {
    id: `t.id`,
    created_at: `t.created_at`,
    updated_at: `t.updated_at`,
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
    created_at: timestamp(`t.created_at`),
    updated_at: timestamp(`t.updated_at`),
    actor: uuid(`t.actor_id`),
    action: text(`t.action`),
    target_model: text(`t.target_model`),
    target_id: uuid(`t.target_id`),
    address: address(`t.address`),
    correlation: text(`t.correlation`),
  },
  sorts: {},
  search: [`t.target_title`],
  order: `t.created_at DESC, t.id DESC`,
  cursor: { column: `t.created_at`, type: 'timestamptz', descending: true },
};
