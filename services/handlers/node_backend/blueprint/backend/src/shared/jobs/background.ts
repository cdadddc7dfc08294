import type { Services } from '../services.ts';
import { workOnce } from './jobs.ts';
import { dispatch } from './outbox.ts';
import { type Clock, housekeeping, tick } from './scheduler.ts';

const PAUSE = 1000;
/** So many jobs are done at once: one that waits for another server must not hold up the rest. */
const WORKERS = 3;

/**
 * What runs beside the requests: the dispatcher of events, jobs and clocks. Each goes its own way, so that events reach open pages while
 * a long job is being done.
 */
export class Background {
  readonly #services: Services;
  readonly #clocks: readonly Clock[];
  /** Who waits, and whether events that were committed end the waiting. */
  readonly #sleepers = new Map<() => void, boolean>();
  #stopped = false;
  #done: Promise<unknown> = Promise.resolve();
  #failing = false;

  constructor(services: Services, clocks: readonly Clock[]) {
    this.#services = services;
    this.#clocks = [...clocks, housekeeping];
  }

  start(): void {
    const dispatching = async (): Promise<boolean> => {
      const found = await dispatch(this.#services);
      if (found > 0) this.wake();
      return found > 0;
    };
    const clocks = async (): Promise<boolean> => {
      await tick(this.#services, this.#clocks);
      return false;
    };
    const workers = Array.from({ length: WORKERS }, () => this.#loop(() => workOnce(this.#services)));
    this.#done = Promise.all([this.#loop(dispatching), this.#loop(clocks, false), ...workers]);
  }

  /** Called when events were committed, so that what follows need not wait for the next look. */
  wake(): void {
    for (const [awaken, woken] of this.#sleepers) if (woken) awaken();
  }

  /** Lets what is being done come to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const awaken of this.#sleepers.keys()) awaken();
    await this.#done;
  }

  /** Does `work` again and again; when there was nothing to do, after a pause. */
  async #loop(work: () => Promise<boolean>, woken = true): Promise<void> {
    while (!this.#stopped) {
      let busy = false;
      try {
        busy = await work();
        this.#failing = false;
      } catch (error) {
        // Said once: without its database the application can do nothing here, every second.
        if (!this.#failing) this.#services.log.failure('background work is interrupted', error);
        this.#failing = true;
      }
      if (!busy) await this.#pause(woken);
    }
  }

  #pause(woken: boolean): Promise<void> {
    return new Promise((resolve) => {
      const awaken = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(awaken);
        resolve();
      };
      const timer = setTimeout(awaken, PAUSE);
      this.#sleepers.set(awaken, woken);
      if (this.#stopped) awaken();
    });
  }
}
