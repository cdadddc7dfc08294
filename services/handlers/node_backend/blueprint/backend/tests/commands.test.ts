import { afterEach, beforeEach, expect, inject, it, type MockInstance, vi } from 'vitest';
import { command } from '../src/commands/support.ts';
import { connect } from '../src/shared/database/connection.ts';

let written: MockInstance;
let complained: MockInstance;

beforeEach(() => {
  written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  complained = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

it('migrations and seeds are applied at the command line, each told in one line', async () => {
  const name = `commands_${process.pid}`;
  const admin = connect(inject('serverUrl'));
  await admin.query(`CREATE DATABASE "${name}"`);
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  vi.stubEnv('DATABASE_URL', url.href);
  await import('../src/commands/migrate.ts');
  expect(written).toHaveBeenLastCalledWith(expect.stringMatching(/^Applied 0001_\w+\.sql, .*\.\n$/));
  await import('../src/commands/seed.ts');
  expect(written).toHaveBeenLastCalledWith('The example rows are in the database, unless people had begun to work in it.\n');
  await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  await admin.close();
});

it('example rows do not come into production by accident', async () => {
  vi.resetModules();
  vi.stubEnv('DATABASE_URL', inject('serverUrl'));
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('JWT_SECRET', 'x'.repeat(32));
  await import('../src/commands/seed.ts');
  expect(complained).toHaveBeenLastCalledWith(expect.stringContaining('npm run seed -- --in-production'));
  expect(process.exitCode).toBe(1);
});

it.each([
  ['mysql://nowhere', 'DATABASE_URL must begin with postgres://\n'],
  [inject('serverUrl'), 'It does not work.\n'],
])('a command that fails says why, and ends with status 1', async (url, message) => {
  vi.stubEnv('DATABASE_URL', url);
  await command(() => Promise.reject(new Error('It does not work.')));
  expect(complained).toHaveBeenLastCalledWith(message);
  expect(process.exitCode).toBe(1);
});
