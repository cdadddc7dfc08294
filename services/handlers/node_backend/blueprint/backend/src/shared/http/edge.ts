import { randomUUID } from 'node:crypto';
import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { answerFor } from '../constraints.ts';
import { AppError, badRequest, invalid, notReady } from '../errors.ts';
import { servicesOf, type Services } from '../services.ts';
import { localsOf, plainAddress } from './context.ts';

/** What a request may be at most. */
export interface EdgeLimits {
  readonly bodyBytes: number;
  /** Levels of nesting of a JSON body. */
  readonly jsonDepth: number;
  /** Members and entries of a JSON body, all levels together. */
  readonly jsonFields: number;
  /** Until when an answer must have begun. */
  readonly requestSeconds: number;
  /** How long browsers keep to HTTPS, in production. */
  readonly hstsSeconds: number;
}

export const usualLimits: EdgeLimits = {
  bodyBytes: 1_048_576,
  jsonDepth: 20,
  jsonFields: 10_000,
  requestSeconds: 30,
  hstsSeconds: 31_536_000,
};

/** What stands before every route. The order matters: even a refused body has a correlation and a line in the log. */
export function edge(app: Express, { config, edge: limits }: Services): void {
  app.set('trust proxy', config.trustProxy);
  app.set('etag', false);
  app.set('query parser', false);
  app.use(
    correlation,
    requestLog,
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: config.environment === 'production' && { maxAge: limits.hstsSeconds, includeSubDomains: true },
    }),
    cors({
      origin: [...config.corsOrigins],
      credentials: true,
      methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      exposedHeaders: EXPOSED,
      maxAge: 600,
    }),
    ownHeaders,
    deadline(limits.requestSeconds),
    jsonOnly,
    express.json({ limit: limits.bodyBytes, strict: true }),
    bounded(limits),
  );
}

/** Headers that pages of other origins may read. */
const EXPOSED = [
  'ETag',
  'Location',
  'X-Correlation-Id',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'Content-Disposition',
  'Content-Range',
];

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

/** Nothing is kept by a cache, and no answer may use what a browser can do. */
const ownHeaders: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' });
  next();
};

/** Ends what hangs, so that its connection is free again. A file that comes in or goes out takes as long as it takes. */
function deadline(seconds: number): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (!response.headersSent && !request.is('multipart/form-data')) next(notReady('This took too long and was stopped.'));
    }, seconds * 1000);
    timer.unref();
    response.once('close', () => clearTimeout(timer));
    next();
  };
}

const jsonOnly: RequestHandler = (request, _response, next) => {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const files = servicesOf(request).takesFiles && request.is('multipart/form-data');
  if (hasBody && !files && !request.is('application/json')) {
    throw new AppError(415, 'unsupported_media_type', 'Send JSON, with the header Content-Type: application/json.');
  }
  next();
};

/** Refuses what is nested deeper than any input of ours, and keys that would reach the prototype of an object. */
function bounded({ jsonDepth, jsonFields }: EdgeLimits): RequestHandler {
  return (request, _response, next) => {
    let level: unknown[] = [request.body];
    let fields = 0;
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth > jsonDepth) throw badRequest(`The body is nested deeper than ${jsonDepth} levels.`);
      const below: unknown[] = [];
      for (const value of level) {
        if (typeof value !== 'object' || value === null) continue;
        if (Object.hasOwn(value, '__proto__')) {
          throw invalid([{ field: '__proto__', code: 'unknown', message: 'There is no such field.' }]);
        }
        const values = Object.values(value);
        fields += values.length;
        if (fields > jsonFields) throw badRequest(`The body has more than ${jsonFields} fields.`);
        // One by one: an array too long to be spread would end in an error of the engine.
        for (const inner of values) below.push(inner);
      }
      level = below;
    }
    next();
  };
}

/** Turns whatever went wrong into the one shape of an error. Nothing of an error that we did not foresee is shown. */
export const answerErrors: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const services = servicesOf(request);
  const { correlation: id } = localsOf(response);
  const known = knownError(error, services.edge) ?? answerFor(error, services.constraints);
  if (!known) services.log.failure('a request failed', error, { correlation: id });
  const answer = known ?? new AppError(500, 'internal', 'Something went wrong on our side.');
  heardOut(request, response, () => {
    response
      .status(answer.status)
      .set(answer.headers)
      .json({ error: { code: answer.code, status: answer.status, message: answer.message, fields: answer.fields, correlation: id } });
  });
};

const HEARD_OUT = 4000;

/**
 * Answers once the body is in, or has taken too long: a connection that is not kept is closed behind the answer, and whoever still
 * sends would find it broken instead of reading why. On one that is kept, the rest is read behind the answer.
 */
function heardOut(request: Request, response: Response, answer: () => void): void {
  if (response.shouldKeepAlive || request.complete || request.destroyed) {
    answer();
    return;
  }
  const timer = setTimeout(done, HEARD_OUT);
  function done(): void {
    clearTimeout(timer);
    request.off('end', done).off('close', done);
    if (!response.headersSent) answer();
  }
  request.once('end', done).once('close', done).resume();
}

function knownError(error: unknown, { bodyBytes }: EdgeLimits): AppError | undefined {
  if (error instanceof AppError) return error;
  // Errors of the body parser and of the router carry a status and a type.
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413) return new AppError(413, 'payload_too_large', `A body has at most ${bodyBytes} bytes.`);
  if (error.status === 415) return new AppError(415, 'unsupported_media_type', 'Send JSON in UTF-8.');
  if (error.status >= 400 && error.status < 500) return badRequest('type' in error ? 'The body is not valid JSON.' : 'The address is not valid.');
  return undefined;
}
