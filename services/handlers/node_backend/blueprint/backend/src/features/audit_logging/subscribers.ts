import type { Subscriber } from '../../shared/actions/events.ts';
import { AuditEntry } from './audit-entry/model.ts';

export const subscribers: Subscriber[] = [
  {
    name: 'audit_logging/subscribe/1',
    event: '*.*',
    within: 'transaction',
    async run(unit, event) {
      await unit.insert(AuditEntry, {
        actor_id: unit.caller.userId,
        action: event.name,
        target_model: event.model,
        target_id: event.rowId,
        target_title: event.title?.slice(0, 300) ?? null,
        before: event.before,
        after: event.after,
        address: unit.origin.address,
        correlation: unit.origin.correlation,
      });
    },
  },
];
