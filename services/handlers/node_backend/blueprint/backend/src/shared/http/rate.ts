import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../errors.ts';
import { servicesOf } from '../services.ts';
import { callerOfRequest } from './context.ts';

/** So many calls in so many seconds, for each user, or for each address of strangers. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
}

/** Counts in memory: each process has its own count. */
export function limited(rate: Rate): RequestHandler {
  return rateLimit({
    windowMs: rate.seconds * 1000,
    limit: (request) => Math.max(1, Math.round(rate.count * servicesOf(request).config.rateLimitFactor)),
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
