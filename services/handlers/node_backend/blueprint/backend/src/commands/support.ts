import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Sequelize } from 'sequelize';
import { databaseOf } from '../server.ts';
import { type Config, readConfig } from '../shared/config.ts';
import { connect } from '../shared/database/connection.ts';

/** Runs a command with the configured database, says what it did in one line, and ends with status 1 where it failed. */
export async function command(work: (database: Sequelize, config: Config) => Promise<string>): Promise<void> {
  const environmentFile = path.resolve(import.meta.dirname, '..', '..', '.env');
  if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);
  try {
    const config = readConfig();
    const { url, stop } = await databaseOf(config);
    const database = connect(url);
    try {
      process.stdout.write(`${await work(database, config)}\n`);
    } finally {
      await database.close();
      await stop();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
