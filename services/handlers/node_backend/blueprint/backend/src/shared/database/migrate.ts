import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { QueryTypes, type Sequelize } from 'sequelize';

/** A migration that ran was changed, removed or cannot be applied. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

// Any number; it only has to be the same in every process.
const LOCK = 7_316_420;

/**
 * Applies what is new in `folder/migrations`, one transaction a file, and then `folder/seeds`, which may run any number of times.
 * Several processes may call it at once: an advisory lock lets one work at a time. Returns the names applied.
 */
export async function migrate(sequelize: Sequelize, folder: string): Promise<string[]> {
  const migrations = await readMigrations(path.join(folder, 'migrations'));
  // The lock belongs to a session, so all of it runs on one connection.
  return onOneConnection(sequelize, async (run) => {
    await run(`SELECT pg_advisory_lock(${LOCK})`);
    try {
      await run(`CREATE SCHEMA IF NOT EXISTS system`);
      await run(`CREATE TABLE IF NOT EXISTS system.schema_migrations (
        version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
      const applied = await pending(run, migrations);
      await runFolder(run, path.join(folder, 'seeds'));
      return applied;
    } finally {
      await run(`SELECT pg_advisory_unlock(${LOCK})`);
    }
  });
}

/**
 * Runs the seeds, and then `folder/seeds/examples`: rows to look at, which add nothing where people have begun to work. `complete` gives
 * the SQL of the examples as it runs.
 */
export async function seed(sequelize: Sequelize, folder: string, complete = (sql: string): string => sql): Promise<void> {
  await onOneConnection(sequelize, async (run) => {
    await runFolder(run, path.join(folder, 'seeds'));
    await runFolder(run, path.join(folder, 'seeds', 'examples'), complete);
  });
}

type Run = (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

async function pending(run: Run, migrations: readonly Migration[]): Promise<string[]> {
  const rows = await run('SELECT version, checksum FROM system.schema_migrations');
  const done = new Map(rows.map((row) => [Number(row.version), String(row.checksum)]));
  const applied: string[] = [];
  for (const migration of migrations) {
    const checksum = done.get(migration.version);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined) {
      throw new MigrationError(`${migration.name} was changed after it had been applied. Add a new migration instead.`);
    }
    await inTransaction(run, migration.name, async () => {
      await run(migration.sql);
      await run('INSERT INTO system.schema_migrations (version, name, checksum) VALUES ($1, $2, $3)', [
        migration.version,
        migration.name,
        migration.checksum,
      ]);
    });
    applied.push(migration.name);
  }
  return applied;
}

async function runFolder(run: Run, folder: string, complete = (sql: string): string => sql): Promise<void> {
  for (const file of await sqlFiles(folder)) {
    const sql = complete(await readFile(path.join(folder, file), 'utf8'));
    await inTransaction(run, file, () => run(sql));
  }
}

async function inTransaction(run: Run, name: string, work: () => Promise<unknown>): Promise<void> {
  await run('BEGIN');
  try {
    await work();
    await run('COMMIT');
  } catch (error) {
    await run('ROLLBACK');
    throw new MigrationError(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const name of await sqlFiles(folder)) {
    const match = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name);
    if (!match) throw new MigrationError(`${name}: a migration is called like 0001_users.sql`);
    const sql = await readFile(path.join(folder, name), 'utf8');
    const version = Number(match[1]);
    if (migrations.at(-1)?.version === version) throw new MigrationError(`Two migrations have the number ${match[1]}.`);
    migrations.push({ version, name, sql, checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex') });
  }
  return migrations;
}

async function sqlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.sql')).toSorted();
}

interface DriverConnection {
  query(sql: string, values?: readonly unknown[]): Promise<{ rows?: Record<string, unknown>[] }>;
}

async function onOneConnection<T>(sequelize: Sequelize, work: (run: Run) => Promise<T>): Promise<T> {
  await sequelize.query('SELECT 1', { type: QueryTypes.SELECT });
  const connection = await sequelize.connectionManager.getConnection({ type: 'write' });
  const driver = connection as unknown as DriverConnection;
  try {
    // A migration of a large table may take longer than any request is allowed to.
    await driver.query('SET statement_timeout = 0');
    return await work(async (sql, values) => (await driver.query(sql, values)).rows ?? []);
  } finally {
    await driver.query('RESET statement_timeout').catch(() => undefined);
    sequelize.connectionManager.releaseConnection(connection);
  }
}
