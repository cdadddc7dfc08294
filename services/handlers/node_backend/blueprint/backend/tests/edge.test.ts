import { once } from 'node:events';
import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './support/app.ts';

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
});
