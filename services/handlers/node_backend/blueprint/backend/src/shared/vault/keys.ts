import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, ConfigError } from '../config.ts';

/** A key of AES-256, and the name by which what it sealed knows it. */
export interface Key {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BYTES = 32;
const VARIABLE = 'ENCRYPTION_KEYS';

// Tests keep nothing, so that each process may make up its own.
const ofTests = randomBytes(BYTES);

/** The keys of the environment, the first of which seals. Production must name them; otherwise one is made and kept. */
export function readKeys({ env, environment, dataFolder }: Config): readonly Key[] {
  const given = env[VARIABLE];
  if (given) return given.split(',').map((text) => keyOf(text.trim()));
  if (environment === 'production') {
    throw new ConfigError(
      `${VARIABLE} is required in production: name:key, the key being 32 bytes in base64 (openssl rand -base64 32).`,
    );
  }
  return [{ name: 'local', bytes: environment === 'test' ? ofTests : keptKey(dataFolder) }];
}

function keyOf(text: string): Key {
  const [, name, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length !== BYTES) {
    throw new ConfigError(
      `${VARIABLE} must be pairs name:key by comma, each key being 32 bytes in base64 (openssl rand -base64 32).`,
    );
  }
  return { name, bytes };
}

function keptKey(folder: string): Uint8Array {
  const file = path.join(folder, 'encryption_key');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, randomBytes(BYTES).toString('base64'), { mode: 0o600 });
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}
