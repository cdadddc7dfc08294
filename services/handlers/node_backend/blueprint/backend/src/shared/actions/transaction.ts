import { isRace } from '../constraints.ts';
import type { Caller } from '../policy/caller.ts';
import type { Origin, Services } from '../services.ts';
import { Unit } from './unit.ts';

const ATTEMPTS = 3;

/**
 * Runs `work` as one transaction: all of it happens, with its events, or nothing does. What lost a deadlock or a serialisation
 * race is run again, so `work` must have no effect outside of the transaction.
 */
export async function inTransaction<T>(
  services: Services,
  caller: Caller,
  origin: Origin,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await services.database.transaction(async (transaction) => {
        const unit = new Unit(services, caller, origin, transaction);
        await unit.begin();
        const value = await work(unit);
        await unit.settle();
        return value;
      });
      services.wake();
      return result;
    } catch (error) {
      if (attempt === ATTEMPTS || !isRace(error)) throw error;
      // Those who met once would meet again without a different pause.
      await new Promise((resolve) => {
        setTimeout(resolve, Math.random() * 25 * attempt);
      });
    }
  }
}
