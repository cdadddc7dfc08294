import type { RequestHandler } from 'express';
import { type ClientRateLimitInfo, ipKeyGenerator, MemoryStore, type Options, rateLimit, type Store } from 'express-rate-limit';
import { AppError } from '../errors.ts';
import { servicesOf, type Services } from '../services.ts';
import { callerOfRequest } from './context.ts';

/** So many calls in so many seconds, for each user, or for each address of strangers. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
}

/** Counts calls for all instances together. */
export interface Counters {
  /** Counts one call in a window that begins with the first. Undefined when the store cannot be asked: then memory counts. */
  hit(key: string, milliseconds: number): Promise<ClientRateLimitInfo | undefined>;
}

/** Asks the store that instances share, where there is one and it answers; else counts in memory, each process for itself. */
class SharedStore implements Store {
  readonly localKeys = false;
  /** Tells its counts from those of others, of which a request may be counted by several. */
  readonly prefix: string;
  readonly #services: Services;
  readonly #memory = new MemoryStore();
  #milliseconds = 0;

  constructor(services: Services, name: string) {
    this.#services = services;
    this.prefix = `${name}:`;
  }

  init(options: Options): void {
    this.#milliseconds = options.windowMs;
    this.#memory.init(options);
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const shared = await this.#services.counters?.hit(`${this.prefix}${key}`, this.#milliseconds);
    return shared ?? this.#memory.increment(key);
  }

  decrement(key: string): Promise<void> {
    return this.#memory.decrement(key);
  }

  resetKey(key: string): Promise<void> {
    return this.#memory.resetKey(key);
  }
}

/** Limits one operation. `name` tells its count from those of others. */
export function limited(rate: Rate, name: string): RequestHandler {
  return perApplication((services) => limiter(services, rate, name));
}

/** Limits all calls of one caller together, where a feature says so. */
export const general: RequestHandler = perApplication((services) =>
  services.rate ? limiter(services, services.rate, '*') : (_request, _response, next) => next(),
);

/** A count belongs to one application; routes are there before any. */
function perApplication(make: (services: Services) => RequestHandler): RequestHandler {
  const made = new WeakMap<Services, RequestHandler>();
  return (request, response, next) => {
    const services = servicesOf(request);
    const found = made.get(services) ?? make(services);
    made.set(services, found);
    return found(request, response, next);
  };
}

function limiter(services: Services, rate: Rate, name: string): RequestHandler {
  return rateLimit({
    windowMs: rate.seconds * 1000,
    limit: Math.max(1, Math.round(rate.count * services.config.rateLimitFactor)),
    store: new SharedStore(services, name),
    // It is made at the first request, once for each application.
    validate: { creationStack: false },
    keyGenerator: (request, response) => {
      const { userId } = callerOfRequest(response);
      return userId ?? ipKeyGenerator(request.ip ?? '');
    },
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      // The limiter has set Retry-After already.
      next(new AppError(429, 'rate_limited', 'Too many requests. Wait a little and try again.'));
    },
  });
}
