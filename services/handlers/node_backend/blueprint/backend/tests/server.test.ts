import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { start } from '../src/server.ts';
import { ConfigError, readConfig } from '../src/shared/config.ts';
import { connect } from '../src/shared/database/connection.ts';
import { migrate, seed } from '../src/shared/database/migrate.ts';
import { bind } from '../src/shared/database/sql.ts';
import { flag, oneOf, readSettings, text, whole } from '../src/shared/settings.ts';

describe('the process', () => {
  it('starts, answers, and ends what it began', async () => {
    const admin = connect(inject('serverUrl'));
    const name = `started_${process.pid}`;
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`);
    const server = await start({ NODE_ENV: 'test', DATABASE_URL: databaseUrl(name), PORT: '0' });
    const { port } = server.http.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/ready`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
    const long = await fetch(`http://127.0.0.1:${port}/api/live?${'a'.repeat(20_000)}`);
    expect(long.status).toBe(431);
    expect(await long.json()).toMatchObject({ error: { code: 'headers_too_large', status: 431, correlation: long.headers.get('x-correlation-id') } });
    expect(await said(port, 'NOT HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*"code":"bad_request"/su);
    await server.stop();
    await expect(fetch(`http://127.0.0.1:${port}/api/live`)).rejects.toThrow();
    await admin.query(`DROP DATABASE "${name}"`);
    await admin.close();
  });

  it('ends what it began when its address is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const secrets = { JWT_SECRET: 'x'.repeat(32), ENCRYPTION_KEYS: `one:${Buffer.alloc(32).toString('base64')}` };
    const env = { NODE_ENV: 'production', APP_URL: 'https://app.example.org', ...secrets, DATABASE_URL: databaseUrl(inject('template')), PORT: String(port) };
    await expect(start(env)).rejects.toThrow('EADDRINUSE');
    taken.close();
  });

  it('keeps a secret of its own in development', () => {
    const data = mkdtempSync(path.join(tmpdir(), 'data-'));
    const first = readConfig({ DATA_DIR: data });
    expect(first).toMatchObject({ environment: 'development', host: '127.0.0.1', port: 3000, databaseUrl: undefined, corsOrigins: [] });
    expect(first.jwtSecret).toHaveLength(64);
    expect(readConfig({ DATA_DIR: data }).jwtSecret).toBe(first.jwtSecret);
    rmSync(data, { recursive: true });
  });

  it('takes what the environment says', () => {
    const secret = 's'.repeat(32);
    const given = { NODE_ENV: 'production', HOST: '::', PORT: '80', DATABASE_URL: 'postgresql://x', JWT_SECRET: secret, CORS_ORIGINS: 'https://a.example, ,http://b.example', TRUST_PROXY: '2', RATE_LIMIT_FACTOR: '0.5' };
    expect(readConfig(given)).toMatchObject({
      environment: 'production',
      host: '::',
      port: 80,
      databaseUrl: 'postgresql://x',
      jwtSecret: secret,
      corsOrigins: ['https://a.example', 'http://b.example'],
      trustProxy: 2,
      rateLimitFactor: 0.5,
    });
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
    expect(wrong({ NODE_ENV: 'prod' })).toThrow('NODE_ENV must be one of development, production, test, not "prod".');
    expect(wrong({ PORT: '80.5' })).toThrow('PORT must be a whole number');
    expect(wrong({ DATABASE_URL: 'mysql://x' })).toThrow('DATABASE_URL must begin with postgres://');
  });

  it('reads settings, and refuses those that cannot be meant', () => {
    const settings = { 'docs.public': flag(true), 'auth.minutes': whole(15, 1, 60), 'log.level': oneOf('info', ['info', 'error']), 'app.name': text('App', 10) };
    expect(readSettings(settings, {})).toEqual({ 'docs.public': true, 'auth.minutes': 15, 'log.level': 'info', 'app.name': 'App' });
    expect(readSettings(settings, { SETTING_DOCS_PUBLIC: 'false', SETTING_AUTH_MINUTES: '5', SETTING_LOG_LEVEL: 'error', SETTING_APP_NAME: 'Mine' })).toEqual({
      'docs.public': false,
      'auth.minutes': 5,
      'log.level': 'error',
      'app.name': 'Mine',
    });
    expect(readSettings(settings, { SETTING_DOCS_PUBLIC: 'true' })['docs.public']).toBe(true);
    expect(() => readSettings(settings, { SETTING_LOG_LEVEL: 'loud' })).toThrow('SETTING_LOG_LEVEL must be one of info, error, not "loud".');
    expect(() => readSettings(settings, { SETTING_APP_NAME: 'x'.repeat(11) })).toThrow('at most 10 characters');
    expect(() => readSettings(settings, { SETTING_AUTH_MINUTES: ' ' })).toThrow('SETTING_AUTH_MINUTES');
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

  const file = (where: string, sql: string) => writeFileSync(path.join(folder, where), sql);

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
    await mkdir(path.join(folder, 'seeds', 'examples'));
    file('seeds/examples/0001_rows.sql', 'INSERT INTO one VALUES (3);');
    expect(await migrate(pools[0], folder)).toEqual(['0002_second.sql']);
    const examples = async () => (await pools[0].query('SELECT count(*)::int AS count FROM one WHERE id = 3'))[0];
    expect(await examples()).toEqual([{ count: 0 }]);
    await seed(pools[0], folder);
    expect(await examples()).toEqual([{ count: 1 }]);
    file('migrations/0001_first.sql', 'CREATE TABLE one (id bigint);');
    await expect(migrate(pools[0], folder)).rejects.toThrow('0001_first.sql was changed after it had been applied');
    await Promise.all(pools.map((pool) => pool.close()));
  });

  it('have a number of their own, and a name that says it', async () => {
    const database = connect(databaseUrl(name));
    const other = mkdtempSync(path.join(tmpdir(), 'migrations-'));
    expect(await migrate(database, other)).toEqual([]);
    await mkdir(path.join(other, 'migrations'));
    const write = (called: string) => writeFileSync(path.join(other, 'migrations', called), 'SELECT 1;');
    write('0009_one.sql');
    write('0009_two.sql');
    await expect(migrate(database, other)).rejects.toThrow('Two migrations have the number 0009.');
    write('0001-one.sql');
    await expect(migrate(database, other)).rejects.toThrow('0001-one.sql: a migration is called like 0001_users.sql');
    rmSync(other, { recursive: true });
    writeFileSync(other, 'no folder');
    await expect(migrate(database, other)).rejects.toThrow('ENOTDIR');
    rmSync(other);
    await database.close();
  });
});

/** Everything that the server answers to these bytes, until it ends the connection. */
async function said(port: number, bytes: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1').setEncoding('utf8');
  socket.write(bytes);
  let answer = '';
  for await (const part of socket) answer += part;
  return answer;
}

function databaseUrl(name: string): string {
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return url.href;
}
