import type { Invocation } from '../../../shared/actions/operation.ts';
import { inTransaction } from '../../../shared/actions/transaction.ts';
import type { Unit } from '../../../shared/actions/unit.ts';
import { AppError, unauthenticated } from '../../../shared/errors.ts';
import { RefreshToken, Session, User } from './names.ts';
import { hashToken, issue, refreshExpiry, type Tokens } from './tokens.ts';
import { cookieToken } from './transport.ts';

export interface RefreshInput {
  refresh_token?: string | null;
}

/**
 * Exchanges a refresh token for a new pair. Each token works once: one that comes again was stolen, from us or by us, and ends the
 * whole session.
 */
export async function refresh(invocation: Invocation, input: RefreshInput): Promise<{ tokens: Tokens }> {
  const secret = input.refresh_token ?? cookieToken(invocation);
  if (secret === undefined) throw unauthenticated();
  const { services, caller, origin } = invocation;
  // A reuse is answered with an error, but what it ends must stay ended: so the error is a result of the transaction.
  const outcome = await inTransaction(services, caller, origin, (unit) => exchange(unit, hashToken(secret)));
  if (outcome instanceof AppError) throw outcome;
  return { tokens: outcome };
}

async function exchange(unit: Unit, hash: string): Promise<Tokens | AppError> {
  // The session is locked first, as everywhere: two requests with one token must not both find it unused.
  const [known] = await unit.query<{ session_id: string }>(
    `SELECT session_id FROM "${String(RefreshToken.getTableName())}" WHERE token_hash = :hash`,
    { hash },
  );
  if (!known) return unauthenticated('unauthenticated', 'This refresh token is not known. Sign in again.');
  const session = await unit.lock(Session, known.session_id);
  const [token] = await unit.where(RefreshToken, 't.token_hash = :hash', { hash });
  if (!session || !token) return expired();
  if (token.used_at !== null) {
    if (session.ended_at === null) await unit.update(session, { ended_at: unit.now });
    return unauthenticated('token_reused', 'This refresh token was used before, so the session was ended. Sign in again.');
  }
  if (session.ended_at !== null || session.expires_at <= unit.now || token.expires_at <= unit.now) return expired();
  const user = await unit.lock(User, session.user_id);
  if (!user?.active) return expired();
  await unit.set(session, { last_used_at: unit.now, expires_at: refreshExpiry(unit.now) });
  return issue(unit, session, token);
}

function expired(): AppError {
  return unauthenticated('token_expired', 'The session has ended. Sign in again.');
}
