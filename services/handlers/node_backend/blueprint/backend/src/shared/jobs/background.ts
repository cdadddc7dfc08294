import type { Services } from '../services.ts';
import { workOnce } from './jobs.ts';
import { dispatch } from './outbox.ts';
import { type Clock, housekeeping, tick } from './scheduler.ts';

const PAUSE = 1000;

/** What runs beside the requests: the dispatcher of events, jobs and clocks. */
export class Background {
  readonly #services: Services;
  readonly #clocks: readonly Clock[];
  #stopped = false;
  #wake: () => void = () => undefined;
  #done: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(services: Services, clocks: readonly Clock[]) {
    this.#services = services;
    this.#clocks = [...clocks, housekeeping];
  }

  start(): void {
    this.#done = this.#loop();
  }

  /** Called when events were committed, so that what follows need not wait for the next look. */
  wake(): void {
    this.#wake();
  }

  /** Lets what is being done come to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#done;
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      let busy = false;
      try {
        busy = (await dispatch(this.#services)) > 0;
        while (!this.#stopped && (await workOnce(this.#services))) busy = true;
        await tick(this.#services, this.#clocks);
        this.#failing = false;
      } catch (error) {
        // Said once: without its database the application can do nothing here, every second.
        if (!this.#failing) this.#services.log.failure('background work is interrupted', error);
        this.#failing = true;
      }
      if (!busy) await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PAUSE);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped) this.#wake();
    });
  }
}
