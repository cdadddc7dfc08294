import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  /** Binary logarithm of the memory and time cost. */
  ln: number;
  /** Block size. */
  r: number;
  /** Parallelism. */
  p: number;
}

const MEBIBYTE = 1024 * 1024;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

// 32 MiB a hash, computed beside the event loop. Tests make many users, and what they prove does not depend on the cost.
const COST: Cost = process.env.NODE_ENV === 'test' ? { ln: 10, r: 8, p: 1 } : { ln: 15, r: 8, p: 3 };

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: 2 ** ln, r, p, maxmem: 64 * MEBIBYTE };
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) {
        reject(error);
      } else {
        resolve(key);
      }
    });
  });
}

function format(salt: Buffer, key: Buffer, { ln, r, p }: Cost): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

function parse(stored: string): { salt: Buffer; key: Buffer; cost: Cost } {
  const found = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(stored);
  if (!found) {
    throw new Error('A stored password has an unknown format.');
  }
  const [, ln, r, p, salt = '', key = ''] = found;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  return { salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64'), cost };
}

/** Gives the memory-hard hash of a password, with its salt and cost, so that a later cost does not lock anybody out. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format(salt, await derive(password, salt, COST), COST);
}

export async function optionalPassword(password: string | null | undefined): Promise<string | null | undefined> {
  return typeof password === 'string' ? hashPassword(password) : password;
}

// The hash of a password that nobody has, so that an unknown address takes as long as a wrong password.
const decoy = format(randomBytes(SALT_BYTES), randomBytes(KEY_BYTES), COST);

/** Whether the password is that of `stored`. Takes as long when there is none. */
export async function passwordMatches(password: string, stored: string | null | undefined): Promise<boolean> {
  const { salt, key, cost } = parse(stored ?? decoy);
  const matches = timingSafeEqual(await derive(password, salt, cost), key);
  return matches && typeof stored === 'string';
}
