import { randomUUID } from 'node:crypto';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { answerFor } from '../constraints.ts';
import { AppError, badRequest, invalid } from '../errors.ts';
import { servicesOf, type Services } from '../services.ts';
import { localsOf, plainAddress } from './context.ts';

const BODY_BYTES = 1_048_576;
const JSON_DEPTH = 20;

/** What stands before every route. The order matters: even a refused body has a correlation and a line in the log. */
export function edge(app: Express, { config }: Services): void {
  app.set('trust proxy', config.trustProxy);
  app.set('etag', false);
  app.set('query parser', false);
  app.use(
    correlation,
    requestLog,
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      strictTransportSecurity: config.environment === 'production',
    }),
    cors({
      origin: [...config.corsOrigins],
      credentials: true,
      methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      exposedHeaders: ['ETag', 'Location', 'X-Correlation-Id', 'Retry-After', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
      maxAge: 600,
    }),
    noStore,
    jsonOnly,
    express.json({ limit: BODY_BYTES, strict: true }),
    bounded,
  );
}

const correlation: RequestHandler = (request, response, next) => {
  const given = request.get('x-correlation-id');
  const id = given !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
  localsOf(response).correlation = id;
  response.set('X-Correlation-Id', id);
  next();
};

/** One line for each answer. The route is its pattern, never the address typed; no header, query or body is written. */
const requestLog: RequestHandler = (request, response, next) => {
  const began = performance.now();
  response.once('close', () => {
    const { log } = servicesOf(request);
    const { correlation: id, caller } = localsOf(response);
    const route = typeof request.route?.path === 'string' ? request.route.path : null;
    log[response.statusCode >= 500 ? 'error' : 'info']('request', {
      correlation: id,
      method: request.method,
      route,
      status: response.statusCode,
      milliseconds: Math.round((performance.now() - began) * 10) / 10,
      user: caller?.userId ?? null,
      ...(log.addresses && { address: plainAddress(request.ip) }),
    });
  });
  next();
};

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const jsonOnly: RequestHandler = (request, _response, next) => {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    throw new AppError(415, 'unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
  }
  next();
};

/** Refuses what is nested deeper than any input of ours, and keys that would reach the prototype of an object. */
const bounded: RequestHandler = (request, _response, next) => {
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > JSON_DEPTH) throw badRequest(`The body is nested deeper than ${JSON_DEPTH} levels.`);
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Object.hasOwn(value, '__proto__')) {
        throw invalid([{ field: '__proto__', code: 'unknown', message: 'There is no such field.' }]);
      }
      below.push(...Object.values(value));
    }
    level = below;
  }
  next();
};

/** Turns whatever went wrong into the one shape of an error. Nothing of an error that we did not foresee is shown. */
export const answerErrors: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const services = servicesOf(request);
  const { correlation: id } = localsOf(response);
  const known = knownError(error) ?? answerFor(error, services.constraints);
  if (!known) services.log.failure('a request failed', error, { correlation: id });
  const answer = known ?? new AppError(500, 'internal', 'Something went wrong on our side.');
  response
    .status(answer.status)
    .set(answer.headers)
    .json({ error: { code: answer.code, status: answer.status, message: answer.message, fields: answer.fields, correlation: id } });
};

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  // Errors of the body parser and of the router carry a status and a type.
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413) return new AppError(413, 'payload_too_large', `A body has at most ${BODY_BYTES} bytes.`);
  if (error.status === 415) return new AppError(415, 'unsupported_media_type', 'Send JSON in UTF-8.');
  if (error.status >= 400 && error.status < 500) return badRequest('type' in error ? 'The body is not valid JSON.' : 'The address is not valid.');
  return undefined;
}
