import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Sequelize } from 'sequelize';
import type { Log } from '../log.ts';

/** Channels of PostgreSQL on which instances tell each other that there are new positions, and what is not kept. */
export const EVENTS = 'live_events';
export const SIGNALS = 'live_signals';

const LONGEST_PAUSE = 5000;

/** A connection of its own that hears what instances tell each other, and is opened again whenever it breaks. */
export class Listener {
  readonly #config: ClientConfig;
  readonly #log: Log;
  readonly #heard: (channel: string, payload: string) => void;
  #client: Client | undefined;
  #stopped = false;

  /** `heard` is also called, for EVENTS and without a payload, after each opening: something may have been missed before. */
  constructor(config: ClientConfig, log: Log, heard: (channel: string, payload: string) => void) {
    this.#config = config;
    this.#log = log;
    this.#heard = heard;
  }

  /** Hears from now on; throws when the first connection cannot be opened. */
  async start(): Promise<void> {
    await this.#open();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const client = new Client({ ...this.#config, application_name: 'backend live', keepAlive: true, connectionTimeoutMillis: 3000 });
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => this.#heard(channel, payload));
    await client.connect();
    client.once('end', () => void this.#again());
    this.#client = client;
    await client.query(`LISTEN ${EVENTS}`);
    await client.query(`LISTEN ${SIGNALS}`);
    this.#heard(EVENTS, '');
  }

  async #again(): Promise<void> {
    if (!this.#stopped) this.#log.warning('the live channel has lost its database');
    for (let pause = 100; !this.#stopped; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      await sleep(pause);
      try {
        if (!this.#stopped) await this.#open();
        return;
      } catch {
        // Said once, above.
      }
    }
  }
}

/** Where the database is. One that was started by the application itself has no address in the configuration. */
export function clientConfig(url: string | undefined, { config }: Sequelize): ClientConfig {
  if (url !== undefined) return { connectionString: url };
  const { host, port, username, password, database } = config;
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port: Number(port) }),
    ...(username && { user: username }),
    ...(typeof password === 'string' && { password }),
    database,
  };
}
