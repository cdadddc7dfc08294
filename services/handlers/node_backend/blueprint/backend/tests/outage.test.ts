import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connect } from '../src/shared/database/connection.ts';
import { select } from '../src/shared/database/sql.ts';
import { Background } from '../src/shared/jobs/background.ts';
import { startTestApp, type TestApp } from './support/app.ts';

describe('a database that goes away', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });

  afterAll(() => app.close());

  it('is told by readiness, survived by everything, and found again', async () => {
    const name = new URL(app.services.config.databaseUrl ?? '').pathname.slice(1);
    const admin = connect(inject('serverUrl'));
    const background = new Background(app.services, []);
    background.start();
    const ready = async () => (await app.stranger().get('/api/ready')).status;
    expect(await ready()).toBe(200);
    await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
    // Ended again and again, while it is being asked: also connections that are just being opened.
    for (let round = 0; round < 20; round += 1) {
      const asked = Promise.all(Array.from({ length: 3 }, () => ready()));
      await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
      await asked;
    }
    await expect.poll(ready, { timeout: 5_000 }).toBe(503);
    await app.stranger().get('/api/live').expect(200);
    await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    await expect.poll(ready, { timeout: 10_000 }).toBe(200);
    await background.stop();
    await admin.close();
  });

  it('may go in the moment in which it took a connection', async () => {
    // What a server says that is shut down right then: welcome, ready, and goodbye, all at once.
    const message = (type: string, body: string) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length + 4);
      return Buffer.concat([Buffer.from(type), length, Buffer.from(body, 'latin1')]);
    };
    const goodbye = message('E', 'SFATAL\0C57P01\0Mterminating connection\0\0');
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I'), goodbye])));
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const database = connect(`postgres://someone@127.0.0.1:${(server.address() as AddressInfo).port}/somewhere`);
    await expect(select(database, 'SELECT 1')).rejects.toThrow();
    await database.close();
    server.close();
  });
});
