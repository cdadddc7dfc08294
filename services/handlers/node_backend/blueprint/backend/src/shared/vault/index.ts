/**
 * Encrypted columns. Code reads and writes their values; the table holds them sealed with AES-256-GCM, bound to their column. A value
 * that does not change keeps its seal.
 *
 * | variable | meaning |
 * |---|---|
 * | `ENCRYPTION_KEYS` | `name:key` pairs by comma, each key 32 bytes in base64. The first seals; the others open what they sealed before. Required in production |
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DataTypes, type Model } from 'sequelize';
import type { Capability } from '../capability.ts';
import { type Key, readKeys } from './keys.ts';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
// How a file of example rows writes what is to be sealed: its column, and its JSON in base64url.
const IN_SEEDS = /'seal:([a-z0-9_]+\.[a-z0-9_]+):([A-Za-z0-9_-]+)'/g;

// The classes of rows are one for each process, and so are the keys of their columns.
let keys: readonly Key[] = [];

export const vault: Capability = {
  name: 'vault',
  attach({ config }) {
    keys = readKeys(config);
    return {};
  },
  seeds(config) {
    keys = readKeys(config);
    return (sql) =>
      sql.replaceAll(
        IN_SEEDS,
        (_, place: string, json: string) => `'${seal(place, JSON.parse(Buffer.from(json, 'base64url').toString()))}'`,
      );
  },
};

/** The definition of an encrypted column; `place` is `table.column`. */
export function sealedColumn(place: string) {
  const column = place.slice(place.indexOf('.') + 1);
  return {
    type: DataTypes.TEXT,
    get(this: Model): unknown {
      return unseal(place, this.getDataValue(column));
    },
    set(this: Model, value: unknown): void {
      if (value !== undefined && !isDeepStrictEqual(value, this.get(column))) this.setDataValue(column, seal(place, value));
    },
  };
}

/** Opens what a statement read of an encrypted column. */
export function opening(place: string): (sealed: unknown) => unknown {
  return (sealed) => unseal(place, sealed);
}

/** A value as its column keeps it; null stays null. */
export function seal(place: string, value: unknown): string | null {
  if (value === null) return null;
  const [key] = keys;
  if (!key) throw new Error('The vault has no key: it is attached by the feature whose columns it seals.');
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return `${key.name}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The value of a column. Throws where its key is not known, and where it was changed or comes from another column. */
export function unseal(place: string, sealed: unknown): unknown {
  if (typeof sealed !== 'string') return sealed;
  const dot = sealed.indexOf('.');
  const key = keys.find(({ name }) => name === sealed.slice(0, dot));
  if (!key) throw new Error(`${place} holds a value whose key is not among ENCRYPTION_KEYS.`);
  const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
  const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE), { authTagLength: TAG }).setAAD(
    Buffer.from(place),
  );
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as unknown;
}
