import type { Request } from 'express';
import type { Invocation } from '../../../shared/actions/operation.ts';
import { forbidden } from '../../../shared/errors.ts';
import { settings } from '../settings.ts';

const COOKIE = 'refresh_token';
const PATH = '/api/refresh';

/** A browser asks for its refresh token as a cookie that no script can read; then it is left out of the body. */
export function transportTokens({ request, response, services }: Invocation, body: object): object {
  if (!('tokens' in body) || !wantsCookie(request)) return body;
  const { refresh_token: secret, ...tokens } = body.tokens as { refresh_token: string };
  response.cookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'strict',
    secure: services.config.environment === 'production',
    path: PATH,
    maxAge: settings['auth.refresh_days'] * 86_400_000,
  });
  return { ...body, tokens };
}

export function clearTokens({ response, services }: Invocation, body: object): object {
  response.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', secure: services.config.environment === 'production', path: PATH });
  return body;
}

/** The refresh token of the cookie. A page of another site cannot use it: the origin must be known. */
export function cookieToken({ request, services }: Invocation): string | undefined {
  const token = cookies(request).get(COOKIE);
  if (token === undefined) return undefined;
  const origin = request.get('origin');
  const own = `${request.protocol}://${request.get('host') ?? ''}`;
  if (origin === undefined || (origin !== own && !services.config.corsOrigins.includes(origin))) {
    throw forbidden('This page may not use the session of another site.');
  }
  return token;
}

export function wantsCookie(request: Request): boolean {
  return request.get('x-token-transport')?.toLowerCase() === 'cookie';
}

function cookies(request: Request): Map<string, string> {
  const pairs = (request.get('cookie') ?? '').split(';').map((pair): [string, string] => {
    const [name = '', ...value] = pair.trim().split('=');
    return [name, value.join('=')];
  });
  return new Map(pairs);
}
