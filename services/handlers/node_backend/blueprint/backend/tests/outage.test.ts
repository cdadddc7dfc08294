import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../src/shared/database/connection.ts';
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
    const url = new URL(app.services.config.databaseUrl ?? '');
    url.pathname = '/postgres';
    const admin = connect(url.href);
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
});
