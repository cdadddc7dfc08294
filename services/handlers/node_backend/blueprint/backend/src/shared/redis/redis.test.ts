import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { query } from '../actions/operation.ts';
import { defineFeature } from '../feature.ts';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { Router } from 'express';
import redis from './index.ts';

// A server of its own is started and ended here: name the program of a Redis or Valkey server.
const program = process.env.REDIS_SERVER;

describe.skipIf(!program)('two instances behind one Redis', () => {
  const port = freePort();
  let server: ChildProcess;
  let one: TestApp;
  let two: TestApp;

  beforeAll(async () => {
    server = await startServer(await port);
    const router = Router();
    router.get('/api/limited', query({ name: 'limited', rate: { count: 3, seconds: 60 }, run: async () => ({}) }));
    const features = [redis, defineFeature({ name: 'probe', routers: [router] })];
    const env = { REDIS_URL: `redis://127.0.0.1:${await port}`, RATE_LIMIT_FACTOR: '1' };
    [one, two] = await Promise.all([startTestApp(env, features), startTestApp(env, features)]);
    await whole();
  });

  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    server.kill('SIGKILL');
  });

  /** Waits until both say that nothing is amiss. */
  const whole = () =>
    vi.waitFor(
      async () => {
        for (const app of [one, two]) expect((await app.stranger().get('/api/ready')).body.degraded).toBeUndefined();
      },
      { timeout: 10_000, interval: 100 },
    );

  const statuses = async (app: TestApp, times: number): Promise<number[]> => {
    const found = [];
    for (let time = 0; time < times; time += 1) found.push((await app.stranger().get('/api/limited')).status);
    return found;
  };

  it('counts calls of both together', async () => {
    expect(await statuses(one, 2)).toEqual([200, 200]);
    expect(await statuses(two, 2)).toEqual([200, 429]);
    expect(await statuses(one, 1)).toEqual([429]);
  });

  it('works on without it, says so once, and counts together again when it is back', async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
    // Each counts for itself now, from the beginning.
    expect(await statuses(one, 4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(two, 4)).toEqual([200, 200, 200, 429]);
    await expect.poll(async () => (await one.stranger().get('/api/ready')).body, { timeout: 5000 }).toMatchObject({ status: 'ok', degraded: ['redis'] });
    expect(one.log.filter((line) => line.includes('redis is away'))).toHaveLength(1);
    server = await startServer(await port);
    await whole();
    expect(one.log.filter((line) => line.includes('redis is back'))).toHaveLength(1);
    expect(await statuses(one, 3)).toEqual([200, 200, 200]);
    expect(await statuses(two, 1)).toEqual([429]);
  });
});

it('refuses an address that is none of a Redis', async () => {
  await expect(startTestApp({ REDIS_URL: 'http://127.0.0.1' }, [redis])).rejects.toThrow('REDIS_URL must begin with redis:// or rediss://');
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function startServer(port: number): Promise<ChildProcess> {
  const server = spawn(program ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  await once(server, 'spawn');
  return server;
}
