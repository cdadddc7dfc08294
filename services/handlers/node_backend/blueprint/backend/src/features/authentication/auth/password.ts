import { createHash, randomBytes } from 'node:crypto';
import { compare, hash } from 'bcryptjs';

// Tests make many users; what they prove does not depend on the cost.
const COST = process.env.NODE_ENV === 'test' ? 4 : 11;

/** bcrypt reads 72 bytes and stops at a NUL: a digest of fixed length makes every character of a password count. */
function digest(password: string): string {
  return createHash('sha256').update(password.normalize('NFKC')).digest('base64');
}

export function hashPassword(password: string): Promise<string> {
  return hash(digest(password), COST);
}

export async function optionalPassword(password: string | null | undefined): Promise<string | null | undefined> {
  return typeof password === 'string' ? hashPassword(password) : password;
}

// The hash of a password that nobody has, so that an unknown address takes as long as a wrong password.
const decoy = hash(randomBytes(32).toString('base64'), COST);

/** Whether the password is that of `stored`. Takes as long when there is none. */
export async function passwordMatches(password: string, stored: string | null | undefined): Promise<boolean> {
  const matches = await compare(digest(password), stored ?? (await decoy));
  return matches && typeof stored === 'string';
}
