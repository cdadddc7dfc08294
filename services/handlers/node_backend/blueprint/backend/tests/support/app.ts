import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Application, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/shared/config.ts';
import { connect } from '../../src/shared/database/connection.ts';
import { select, type SqlValues } from '../../src/shared/database/sql.ts';
import type { Feature } from '../../src/shared/feature.ts';
import { Person } from './person.ts';

export interface TestApp extends Application {
  readonly log: string[];
  stranger(): Person;
  rows<T extends object>(sql: string, values?: SqlValues): Promise<T[]>;
  close(): Promise<void>;
}

/** The whole application on a database of its own. */
export async function startTestApp(env: NodeJS.ProcessEnv = {}, features?: readonly Feature[]): Promise<TestApp> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = connect(inject('serverUrl'));
  await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`);
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: url.href, RATE_LIMIT_FACTOR: '1000', ...env });
  const database = connect(config.databaseUrl ?? '');
  const log: string[] = [];
  const application = buildApp({ config, database, logging: { write: (line) => log.push(line) }, ...(features && { features }) });
  return {
    ...application,
    log,
    stranger: () => new Person(application.app),
    rows: (sql, values) => select(database, sql, values),
    close: async () => {
      await application.stop();
      await database.close();
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
      await admin.close();
    },
  };
}
