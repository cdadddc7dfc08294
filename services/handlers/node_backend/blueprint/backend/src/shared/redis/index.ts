/**
 * Redis: what the instances of the application share and may lose. Now these are the counts of limits.
 *
 * `REDIS_URL` (`redis://` or `rediss://`) names the server; without it each instance counts for itself. A server that is away costs
 * nothing but exactness: memory counts, the log says so once, readiness names it under `degraded`, and when it is back it counts again.
 */
import type { Attached, Capability } from '../capability.ts';
import { ConfigError } from '../config.ts';
import { defineFeature } from '../feature.ts';
import { RedisConnection } from './connection.ts';

const redis: Capability = {
  name: 'redis',
  attach({ config, log }): Attached {
    const url = config.env.REDIS_URL;
    if (!url) {
      log.info('REDIS_URL is not set: each instance counts for itself');
      return {};
    }
    if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw new ConfigError('REDIS_URL must begin with redis:// or rediss://');
    const connection = new RedisConnection(url, log);
    return {
      counters: connection,
      probes: [{ name: 'redis', required: false, ask: () => connection.ping() }],
      stop: () => connection.close(),
    };
  },
};

export default defineFeature({ name: 'redis', capabilities: [redis] });
