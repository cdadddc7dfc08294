import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the environment decides. Read once, at start. */
export interface Config {
  readonly environment: 'development' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  /** Absent in development: a PostgreSQL server of our own is started then. */
  readonly databaseUrl: string | undefined;
  /** Holds `migrations` and `seeds`. */
  readonly databaseFolder: string;
  /** What development keeps between two starts. */
  readonly dataFolder: string;
  readonly jwtSecret: string;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: number;
  readonly rateLimitFactor: number;
  /** Variables of parts that only some applications have. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The environment lacks something, or a value in it cannot be used. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const root = path.resolve(import.meta.dirname, '..', '..');

/** Reads the configuration; every mistake is a {@link ConfigError} that names the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const environment = oneOf(env, 'NODE_ENV', ['development', 'production', 'test'] as const, 'development');
  const dataFolder = path.resolve(root, env.DATA_DIR ?? '.data');
  if (environment === 'production' && !env.DATABASE_URL) throw new ConfigError('DATABASE_URL is required in production.');
  return {
    environment,
    host: env.HOST || '127.0.0.1',
    port: whole(env, 'PORT', 3000, 0, 65_535),
    databaseUrl: env.DATABASE_URL ? databaseUrl(env.DATABASE_URL) : undefined,
    databaseFolder: path.resolve(root, env.DATABASE_DIR ?? '../database'),
    dataFolder,
    jwtSecret: jwtSecret(env, environment, dataFolder),
    corsOrigins: (env.CORS_ORIGINS ?? '').split(',').flatMap((text) => (text.trim() ? [origin(text.trim())] : [])),
    trustProxy: whole(env, 'TRUST_PROXY', 0, 0, 10),
    rateLimitFactor: positive(env, 'RATE_LIMIT_FACTOR', 1),
    env: { ...env },
  };
}

function databaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new ConfigError('DATABASE_URL must begin with postgres://');
  return text;
}

function origin(text: string): string {
  const url = URL.parse(text);
  if (!url || url.origin !== text) throw new ConfigError(`CORS_ORIGINS: "${text}" is not an origin such as https://example.com`);
  return text;
}

/** Production must name its secret; otherwise one is made at random and kept, so that sessions outlive a restart. */
function jwtSecret(env: NodeJS.ProcessEnv, environment: string, dataFolder: string): string {
  const given = env.JWT_SECRET;
  if (given) {
    if (given.length < 32) throw new ConfigError('JWT_SECRET must have at least 32 characters.');
    return given;
  }
  if (environment === 'production') throw new ConfigError('JWT_SECRET is required in production: at least 32 characters.');
  if (environment === 'test') return randomBytes(32).toString('hex');
  const file = path.join(dataFolder, 'jwt_secret');
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

function whole(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}

function positive(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new ConfigError(`${name} must be a number above 0, not "${text}".`);
  return value;
}

function oneOf<T extends string>(env: NodeJS.ProcessEnv, name: string, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (!text) return fallback;
  const found = values.find((value) => value === text);
  if (!found) throw new ConfigError(`${name} must be one of ${values.join(', ')}, not "${text}".`);
  return found;
}
