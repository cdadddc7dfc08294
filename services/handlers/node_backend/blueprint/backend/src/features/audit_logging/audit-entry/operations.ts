import { listOperation, readOperation } from '../../../shared/actions/rows.ts';
import { auditEntries } from './scope.ts';

export const listAuditEntries = listOperation({
  name: 'AuditEntry.list',
  source: auditEntries,
  by: (caller) => caller.can('audit.read'),
});

export const readAuditEntry = readOperation({
  name: 'AuditEntry.read',
  source: auditEntries,
  by: (caller) => caller.can('audit.read'),
});
