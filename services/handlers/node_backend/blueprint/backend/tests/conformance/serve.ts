import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Application, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/shared/config.ts';
import { connect } from '../../src/shared/database/connection.ts';
import { startTemporary } from '../../src/shared/database/embedded.ts';
import { migrate } from '../../src/shared/database/migrate.ts';
import redis from '../../src/shared/redis/index.ts';
import { conformance } from './feature.ts';
import { tables } from './models.ts';

/**
 * Two instances of an application that offers each capability over HTTP, on one database: what the conformance suite asks. The first line
 * it writes is `{"instances": [address, address]}`; it ends when its standard input does.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
const server = await startTemporary();
const admin = connect(server.url);
await admin.query('CREATE DATABASE conformance');
await admin.close();
const url = new URL(server.url);
url.pathname = '/conformance';
const config = readConfig({ ...process.env, NODE_ENV: 'test', DATABASE_URL: url.href, DATA_DIR: folder });
const first = connect(url.href);
await migrate(first, config.databaseFolder);
await first.query(tables);

const applications: Application[] = [];
const instances: string[] = [];
for (const database of [first, connect(url.href)]) {
  const application = buildApp({ config, database, features: [redis, conformance()], logging: { write: (line) => process.stderr.write(line) } });
  const http = createServer(application.app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  await application.listen(http);
  application.background.start();
  applications.push(application);
  instances.push(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
}
process.stdout.write(`${JSON.stringify({ instances })}\n`);

process.stdin.resume();
await once(process.stdin, 'end');
await Promise.all(applications.map((application) => application.stop()));
await Promise.all(applications.map(({ services }) => services.database.close()));
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
