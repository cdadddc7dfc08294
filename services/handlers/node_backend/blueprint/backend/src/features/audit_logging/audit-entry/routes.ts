import { Router } from 'express';
import { listAuditEntries, readAuditEntry } from './operations.ts';

export const auditEntryRoutes = Router();

auditEntryRoutes.get('/api/audit-entries', listAuditEntries);
auditEntryRoutes.get('/api/audit-entries/:id', readAuditEntry);
