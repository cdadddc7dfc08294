import { createHash, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Unit } from '../../../shared/actions/unit.ts';
import { settings } from '../settings.ts';
import { RefreshToken, Session, type User } from './names.ts';

/** What an application answers to those who signed in. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
}

const DAY = 86_400_000;

/** Opens a session, which is a family of refresh tokens, and gives its first pair of tokens. */
export async function openSession(unit: Unit, { user }: { user: User }): Promise<Tokens> {
  const session = await unit.create(Session, {
    user_id: user.id,
    device: unit.origin.userAgent,
    address: unit.origin.address,
    last_used_at: unit.now,
    expires_at: refreshExpiry(unit.now),
  });
  return issue(unit, session);
}

/** A new pair of tokens for a session. The refresh token is kept as its hash only. */
export async function issue(unit: Unit, session: Session, replaced?: RefreshToken): Promise<Tokens> {
  const secret = randomBytes(32).toString('base64url');
  const stored = await unit.create(RefreshToken, {
    session_id: session.id,
    token_hash: hashToken(secret),
    expires_at: refreshExpiry(unit.now),
  });
  if (replaced) await unit.update(replaced, { used_at: unit.now, replaced_by_id: stored.id });
  const seconds = settings['auth.access_minutes'] * 60;
  return {
    access_token: jwt.sign({ sid: session.id }, unit.services.config.jwtSecret, {
      algorithm: 'HS256',
      subject: session.user_id,
      expiresIn: seconds,
    }),
    refresh_token: secret,
    token_type: 'Bearer',
    expires_in: seconds,
  };
}

export function refreshExpiry(now: Date): Date {
  return new Date(now.valueOf() + settings['auth.refresh_days'] * DAY);
}

/** Random tokens need no salt and no slow hash: nobody can guess 256 bits. */
export function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
