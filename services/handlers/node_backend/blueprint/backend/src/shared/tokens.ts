import { createHash, randomBytes } from 'node:crypto';
import type { Unit } from './actions/unit.ts';
import type { Row, RowClass } from './database/row.ts';

/**
 * One-time tokens: a link that resets a password, an invitation. The database has the hash only; the secret exists while the row is
 * being made, so a mail that carries it is queued in the same transaction.
 */
export interface IssuedToken {
  readonly secret: string;
  /** What the row keeps of it. */
  readonly columns: { readonly token_hash: string; readonly expires_at: Date; readonly used_at: null };
}

/** A new token of so many random bytes, good for so many seconds. */
export function issueToken(bytes: number, seconds: number, now: Date): IssuedToken {
  const secret = randomBytes(bytes).toString('base64url');
  return { secret, columns: { token_hash: hashToken(secret), expires_at: new Date(now.valueOf() + seconds * 1000), used_at: null } };
}

/** SHA-256 as hex. What is random needs no salt and no slow hash: nobody can guess 256 bits. */
export function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A row whose model has a token. */
export type TokenRow = Row<object, object> & { used_at: Date | null };

/**
 * Uses a token up: of several who come with the same one, one gets its row. Undefined: there is no such token, it was used, or its time
 * is over; which of them is nobody's business.
 */
export async function consumeToken<R extends TokenRow>(unit: Unit, model: RowClass<R>, secret: string): Promise<R | undefined> {
  // Who waited for the row's lock sees it as it was left: the condition is asked again then.
  const [row] = await unit.where(model, 't.token_hash = :token_hash AND t.used_at IS NULL AND t.expires_at > now()', {
    token_hash: hashToken(secret),
  });
  if (row) await unit.update<TokenRow>(row, { used_at: unit.now } as object);
  return row;
}
