import type { Request, Response } from 'express';
import { stranger, type Caller } from '../policy/caller.ts';
import type { Origin } from '../services.ts';

/** What travels with a request from one middleware to the next. */
interface Locals {
  correlation?: string;
  caller?: Caller;
}

export function localsOf(response: Response): Locals {
  return response.locals as Locals;
}

export function callerOfRequest(response: Response): Caller {
  return localsOf(response).caller ?? stranger();
}

export function originOf(request: Request): Origin {
  return {
    correlation: request.res ? (localsOf(request.res).correlation ?? '') : '',
    address: plainAddress(request.ip),
    userAgent: request.get('user-agent')?.replaceAll('\0', '').slice(0, 200) ?? null,
  };
}

/** An IPv4 address that came over an IPv6 socket is written as IPv4; a zone (`%eth0`) is left out. */
export function plainAddress(address: string | undefined): string | null {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? null;
}

export function queryOf(request: Request): URLSearchParams {
  const at = request.originalUrl.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : request.originalUrl.slice(at + 1));
}
