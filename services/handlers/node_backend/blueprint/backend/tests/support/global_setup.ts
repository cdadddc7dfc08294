import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/shared/database/connection.ts';
import { startTemporary } from '../../src/shared/database/embedded.ts';
import { migrate } from '../../src/shared/database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server on which tests make their databases. */
    serverUrl: string;
    /** A migrated database that each file of tests copies. */
    template: string;
  }
}

/** One server for all tests: that of DATABASE_URL, else one of our own. It is migrated once; each file gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startTemporary();
  const template = `template_${randomBytes(6).toString('hex')}`;
  const admin = connect(server.url);
  await admin.query(`CREATE DATABASE "${template}"`);
  const database = connect(databaseAt(server.url, template));
  await migrate(database, path.resolve(import.meta.dirname, '..', '..', process.env.DATABASE_DIR ?? '../database'));
  await database.close();
  project.provide('serverUrl', server.url);
  project.provide('template', template);
  return async () => {
    await admin.query(`DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`);
    await admin.close();
    await server.stop();
  };
}

function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
