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
});
