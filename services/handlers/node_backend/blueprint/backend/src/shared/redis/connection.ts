import { createClient } from 'redis';
import type { Counters } from '../http/rate.ts';
import type { Log } from '../log.ts';

const LIMIT = 250;
const LONGEST_PAUSE = 2000;

/** The window begins with the first call. One script, so that no count is left without an end. */
const HIT = `
local hits = redis.call('INCR', KEYS[1])
if hits == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {hits, redis.call('PTTL', KEYS[1])}`;

/** A connection that comes back by itself. While it is away nothing waits for it. */
export class RedisConnection implements Counters {
  readonly #client: ReturnType<typeof open>;
  readonly #log: Log;
  #away = false;

  constructor(url: string, log: Log) {
    this.#log = log;
    this.#client = open(url);
    // Each failed attempt tells its error here; the log wants the first.
    this.#client.on('error', (error: unknown) => this.#lost(error));
    this.#client.on('ready', () => this.#found());
    // It tries again until it is closed, so that the application can start before its server.
    this.#client.connect().catch((error: unknown) => this.#lost(error));
  }

  async hit(key: string, milliseconds: number): Promise<{ totalHits: number; resetTime: Date } | undefined> {
    if (!this.#client.isReady) return undefined;
    try {
      const answer = await inTime(this.#client.eval(HIT, { keys: [`limit:${key}`], arguments: [String(milliseconds)] }));
      const [totalHits, left] = answer as [number, number];
      return { totalHits, resetTime: new Date(Date.now() + left) };
    } catch (error) {
      this.#lost(error);
      return undefined;
    }
  }

  async ping(): Promise<void> {
    if (!this.#client.isReady) throw new Error('Redis is not connected.');
    await inTime(this.#client.ping());
    this.#found();
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  #lost(error: unknown): void {
    if (!this.#away) this.#log.warning('redis is away: limits are counted by each instance', { reason: error instanceof Error ? error.message : '' });
    this.#away = true;
  }

  #found(): void {
    if (this.#away) this.#log.info('redis is back: limits are counted for all instances together');
    this.#away = false;
  }
}

function open(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (attempts) => Math.min(50 * 2 ** Math.min(attempts, 10), LONGEST_PAUSE) },
  });
}

/** A server that accepts calls and does not answer them must not hold up every request. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('Redis does not answer in time.')), LIMIT);
  try {
    return await Promise.race([answer, limit]);
  } finally {
    clearTimeout(timer);
  }
}
