import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { start } from '../src/server.ts';
import { ConfigError, readConfig } from '../src/shared/config.ts';
import { connect } from '../src/shared/database/connection.ts';
import { migrate } from '../src/shared/database/migrate.ts';
import { bind } from '../src/shared/database/sql.ts';
import { flag, oneOf, readSettings, whole } from '../src/shared/settings.ts';

describe('the process', () => {
  it('starts, answers, and ends what it began', async () => {
    const admin = connect(inject('serverUrl'));
    const name = `started_${process.pid}`;
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`);
    const server = await start({ NODE_ENV: 'test', DATABASE_URL: databaseUrl(name), PORT: '0' });
    const { port } = server.http.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
    await server.stop();
    await expect(fetch(`http://127.0.0.1:${port}/api/live`)).rejects.toThrow();
    await admin.query(`DROP DATABASE "${name}"`);
    await admin.close();
  });

  it('says in one sentence which variable is wrong', () => {
    const wrong = (env: NodeJS.ProcessEnv) => () => readConfig({ NODE_ENV: 'test', ...env });
    expect(wrong({ NODE_ENV: 'production' })).toThrow('DATABASE_URL is required in production.');
    expect(wrong({ NODE_ENV: 'production', DATABASE_URL: 'postgres://x' })).toThrow('JWT_SECRET is required in production');
    expect(wrong({ JWT_SECRET: 'short' })).toThrow('JWT_SECRET must have at least 32 characters.');
    expect(wrong({ PORT: '99999' })).toThrow('PORT must be a whole number from 0 to 65535, not "99999".');
    expect(wrong({ CORS_ORIGINS: '*' })).toThrow('CORS_ORIGINS: "*" is not an origin');
    expect(wrong({ CORS_ORIGINS: 'https://a.example/path' })).toThrow(ConfigError);
    expect(wrong({ RATE_LIMIT_FACTOR: '0' })).toThrow('RATE_LIMIT_FACTOR must be a number above 0');
    expect(wrong({ DATABASE_URL: 'mysql://x' })).toThrow('DATABASE_URL must begin with postgres://');
  });

  it('reads settings, and refuses those that cannot be meant', () => {
    const settings = { 'docs.public': flag(true), 'auth.minutes': whole(15, 1, 60), 'log.level': oneOf('info', ['info', 'error']) };
    expect(readSettings(settings, {})).toEqual({ 'docs.public': true, 'auth.minutes': 15, 'log.level': 'info' });
    expect(readSettings(settings, { SETTING_DOCS_PUBLIC: 'false', SETTING_AUTH_MINUTES: '5' })).toMatchObject({ 'docs.public': false, 'auth.minutes': 5 });
    expect(() => readSettings(settings, { SETTING_AUTH_MINUTES: '61' })).toThrow('SETTING_AUTH_MINUTES must be a whole number from 1 to 60');
    expect(() => readSettings(settings, { SETTING_DOCS_PUBLIC: 'yes' })).toThrow('must be true or false');
  });

  it('binds values, and leaves texts, names and casts alone', () => {
    expect(bind(`SELECT ':a', ":b", x::text, :c, :c, :d::int`, { c: true, d: 1 })).toEqual({
      query: `SELECT ':a', ":b", x::text, $1::boolean, $1::boolean, $2::int`,
      bind: [true, 1],
    });
    expect(bind(`SELECT '$1'`, {}).query).toBe(`SELECT '$$1'`);
    expect(() => bind('SELECT :missing', {})).toThrow(':missing');
    expect(() => bind('SELECT :constructor', {})).toThrow(':constructor');
  });
});

describe('migrations', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  const admin = connect(inject('serverUrl'));
  const name = `migrated_${process.pid}`;

  beforeAll(async () => {
    await admin.query(`CREATE DATABASE "${name}"`);
    await mkdir(path.join(folder, 'migrations'));
    await mkdir(path.join(folder, 'seeds'));
  });

  afterAll(async () => {
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await admin.close();
    rmSync(folder, { recursive: true });
  });

  const file = (where: string, text: string) => writeFileSync(path.join(folder, where), text);

  it('run once, together with others, whole or not at all, and are never changed', async () => {
    const pools = [connect(databaseUrl(name)), connect(databaseUrl(name))] as const;
    file('migrations/0001_first.sql', 'CREATE TABLE one (id int); INSERT INTO one VALUES (1);');
    file('seeds/0001_rows.sql', 'INSERT INTO one VALUES (2);');
    const applied = await Promise.all(pools.map((pool) => migrate(pool, folder)));
    expect(applied.flat()).toEqual(['0001_first.sql']);
    file('migrations/0002_second.sql', 'CREATE TABLE two (id int); SELECT 1 / 0;');
    await expect(migrate(pools[0], folder)).rejects.toThrow('0002_second.sql: division by zero');
    const [tables] = await pools[0].query(`SELECT to_regclass('two') AS two`);
    expect(tables).toEqual([{ two: null }]);
    file('migrations/0002_second.sql', 'CREATE TABLE two (id int);');
    expect(await migrate(pools[0], folder)).toEqual(['0002_second.sql']);
    file('migrations/0001_first.sql', 'CREATE TABLE one (id bigint);');
    await expect(migrate(pools[0], folder)).rejects.toThrow('0001_first.sql was changed after it had been applied');
    await Promise.all(pools.map((pool) => pool.close()));
  });
});

function databaseUrl(name: string): string {
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return url.href;
}
