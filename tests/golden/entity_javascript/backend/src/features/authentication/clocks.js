import { CLOCK_BATCH } from '../../shared/jobs/scheduler.js';
import { Session } from './session/model.js';

export const clocks = [
  {
    name: 'authentication/every/1',
    seconds: 3600,
    async run(unit) {
      const due = await unit.claim(Session, `t.expires_at < :now::timestamptz - interval '24 hours' * 30`, CLOCK_BATCH);
      for (const session of due) {
        await unit.remove(session);
      }
      return due.length === CLOCK_BATCH;
    },
  },
];
