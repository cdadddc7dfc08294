import { once } from 'node:events';
import { request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Router } from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { select } from '../src/shared/database/sql.ts';
import { servicesOf } from '../src/shared/services.ts';
import { startTestApp, type TestApp } from './support/app.ts';

const brokenRoutes = Router();

brokenRoutes.get('/api/broken', () => {
  throw new Error('a secret detail');
});
brokenRoutes.get('/api/broken-query', async (request) => {
  await select(servicesOf(request).database, 'SELECT detail');
});
brokenRoutes.get('/api/half', (_request, response) => {
  response.write('{');
  throw new Error('too late');
});

describe('the edge', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ CORS_ORIGINS: 'https://friend.example' });
  });

  afterAll(() => app.close());

  it('says that it lives, and that its database answers', async () => {
    await app.stranger().get('/api/live').expect(200, { status: 'ok' });
    const answer = await app.stranger().get('/api/ready').expect(200);
    expect(answer.body).toEqual({ status: 'ok', checks: [{ name: 'database', state: 'up', required: true, milliseconds: expect.any(Number) }] });
  });

  it('answers unknown addresses with 404 in the one shape', async () => {
    const answer = await app.stranger().get('/api/nothing/here').expect(404);
    expect(answer.body).toEqual({
      error: { code: 'not_found', status: 404, message: expect.any(String), fields: [], correlation: answer.headers['x-correlation-id'] },
    });
    await app.stranger().get('/').expect(404);
    await app.stranger().get('/api/%E0%A4%A').expect(404);
  });

  it('answers a known address under another method with 405 and what is allowed', async () => {
    const answer = await supertest(app.app).put('/api/live').expect(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(answer.body.error.code).toBe('method_not_allowed');
    const asked = await supertest(app.app).options('/api/live').expect(204);
    expect(asked.headers['access-control-allow-methods']).toContain('PATCH');
  });

  it('refuses a body that is not JSON, too large, too deep or of another type', async () => {
    const post = () => supertest(app.app).post('/api/nothing');
    const json = () => post().set('Content-Type', 'application/json');
    const broken = await json().send('{"email":').expect(400);
    expect(broken.body.error).toMatchObject({ code: 'bad_request', status: 400 });
    expect(JSON.stringify(broken.body)).not.toContain('at ');
    const large = await post().send({ email: 'x'.repeat(1_100_000) }).expect(413);
    expect(large.body.error.code).toBe('payload_too_large');
    await post().set('Content-Type', 'text/plain').send('hello').expect(415);
    await json().send(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`).expect(400);
    await json().send('"text"').expect(400);
    await post().set('Content-Type', 'application/json; charset=koi8-r').send('{}').expect(415);
    await json().send('{"__proto__":{"polluted":true}}').expect(422);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('makes a correlation id, or takes over one that is well formed', async () => {
    const call = () => app.stranger().get('/api/live');
    expect((await call()).headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await call().set('X-Correlation-Id', 'probe-42')).headers['x-correlation-id']).toBe('probe-42');
    expect((await call().set('X-Correlation-Id', 'bad id {}')).headers['x-correlation-id']).not.toContain('bad');
  });

  it('writes one line for a request, with its route and no query', async () => {
    await app.stranger().get('/api/live?token=secret').set('X-Correlation-Id', 'probe-43');
    const lines = app.log.map((line) => JSON.parse(line)).filter((line) => line.correlation === 'probe-43');
    expect(lines).toEqual([expect.objectContaining({ message: 'request', method: 'GET', route: '/api/live', status: 200, user: null })]);
    expect(app.log.join('')).not.toContain('secret');
  });

  it('sets the headers that protect a browser, and lets only known origins in', async () => {
    const answer = await app.stranger().get('/api/live').set('Origin', 'https://friend.example');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cache-control': 'no-store',
      'access-control-allow-origin': 'https://friend.example',
    });
    expect(answer.headers['x-powered-by']).toBeUndefined();
    const strange = await app.stranger().get('/api/live').set('Origin', 'https://evil.example');
    expect(strange.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('hides what it did not foresee, and logs it with the correlation', async () => {
    const broken = await startTestApp({}, [{ name: 'broken', routers: [brokenRoutes] }]);
    for (const path of ['/api/broken', '/api/broken-query']) {
      const answer = await broken.stranger().get(path).set('X-Correlation-Id', 'probe-500').expect(500);
      expect(answer.body.error).toMatchObject({ code: 'internal', message: 'Something went wrong on our side.', fields: [], correlation: 'probe-500' });
      expect(answer.text).not.toContain('detail');
    }
    const failures = broken.log.map((line) => JSON.parse(line)).filter(({ message }) => message === 'a request failed');
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({ level: 'error', correlation: 'probe-500', stack: expect.stringContaining('a secret detail') });
    // An answer that has begun cannot be replaced by another.
    await expect(broken.stranger().get('/api/half')).rejects.toThrow();
    await broken.close();
  });

  it('writes no address where the log is told not to', async () => {
    const discreet = await startTestApp({}, [{ name: 'discreet', logging: { addresses: false, level: 'info' } }]);
    await discreet.stranger().get('/api/live').expect(200);
    await expect.poll(() => discreet.log.length).toBe(1);
    expect(JSON.parse(discreet.log[0] ?? '')).not.toHaveProperty('address');
    await discreet.close();
  });

  it('survives a client that goes away', async () => {
    const server = app.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const call = send({ port, method: 'POST', path: '/api/nothing', headers: { 'content-type': 'application/json', 'content-length': 100 } });
      call.on('error', () => resolve());
      call.write('{"email"');
      setTimeout(() => call.destroy(), 30);
    });
    await supertest(server).get('/api/live').expect(200);
    server.close();
  });

  it('is heard by a client that sends its whole body first and keeps no connection', async () => {
    const server = app.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').pause().on('error', reject);
      socket.write('POST /api/nothing HTTP/1.1\r\nHost: app\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 20000000\r\n\r\n');
      socket.write(Buffer.alloc(20_000_000), () => socket.once('data', (data) => resolve(data.toString())).resume());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 415 /);
    server.close();
  });
});
