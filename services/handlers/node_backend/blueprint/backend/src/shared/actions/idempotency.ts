import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { AppError, badRequest } from '../errors.ts';
import type { Reply } from './operation.ts';
import type { Unit } from './unit.ts';

/** The key of a request that may be sent again, or undefined. */
export function idempotencyKey(request: Request, required: boolean): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) {
    if (required) throw badRequest('Send the header Idempotency-Key, so that this is done once.', 'Idempotency-Key');
    return undefined;
  }
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw badRequest('Idempotency-Key has 8 to 200 printable characters.', 'Idempotency-Key');
  return key;
}

/**
 * Does `work` once for a key, operation and caller. The answer is kept in the same transaction as what was done; a second request
 * that comes while the first one runs waits for it at the key's row.
 */
export async function once(unit: Unit, operation: string, key: string, request: Request, work: () => Promise<Reply>): Promise<Reply> {
  const fingerprint = createHash('sha256').update(`${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`).digest('hex');
  const values = { operation, key, fingerprint, owner: unit.caller.userId ?? unit.origin.address ?? '' };
  const [claimed] = await unit.query(
    `INSERT INTO system.idempotency_keys (caller, operation, key, fingerprint) VALUES (:owner, :operation, :key, :fingerprint)
     ON CONFLICT (caller, operation, key) DO NOTHING RETURNING 1 AS claimed`,
    values,
  );
  if (!claimed) return again(unit, values);
  const reply = await work();
  await unit.query(
    `UPDATE system.idempotency_keys SET status = :status, headers = :headers::jsonb, body = :body::jsonb
     WHERE caller = :owner AND operation = :operation AND key = :key`,
    { ...values, status: reply.status, headers: JSON.stringify(reply.headers ?? {}), body: JSON.stringify(reply.body ?? null) },
  );
  return reply;
}

async function again(unit: Unit, values: { fingerprint: string; owner: string; operation: string; key: string }): Promise<Reply> {
  const [stored] = await unit.query<{ fingerprint: string; status: number; headers: Record<string, string>; body: object | null }>(
    `SELECT fingerprint, status, headers, body FROM system.idempotency_keys
     WHERE caller = :owner AND operation = :operation AND key = :key`,
    values,
  );
  if (stored?.fingerprint !== values.fingerprint) {
    throw new AppError(422, 'idempotency_mismatch', 'This Idempotency-Key was used for another request.');
  }
  return { status: stored.status, headers: stored.headers, ...(stored.body && { body: stored.body }) };
}
