import { defineFeature } from '../../shared/feature.ts';
import { AuditEntry, defineAuditEntry } from './audit-entry/model.ts';
import { auditEntryRoutes } from './audit-entry/routes.ts';
import { subscribers } from './subscribers.ts';

export default defineFeature({
  name: 'audit_logging',
  models: [AuditEntry],
  define(sequelize) {
    defineAuditEntry(sequelize);
  },
  routers: [auditEntryRoutes],
  subscribers,
  permissions: {
    'audit.read': { title: 'Read the audit log', roles: ['admin', 'auditor'] },
  },
  constraints: {
    audit_entries_actor_id_fkey: { status: 409, field: 'actor', code: 'reference', message: 'This does not exist, or something else still refers to it.' },
    audit_entries_action_check: { status: 422, field: 'action', code: 'range', message: 'This value is out of its range.' },
    audit_entries_target_model_check: { status: 422, field: 'target_model', code: 'range', message: 'This value is out of its range.' },
    audit_entries_target_title_check: { status: 422, field: 'target_title', code: 'range', message: 'This value is out of its range.' },
    audit_entries_correlation_check: { status: 422, field: 'correlation', code: 'range', message: 'This value is out of its range.' },
  },
});
