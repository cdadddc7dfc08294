import { once } from 'node:events';
import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

describe('the edge', () => {
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    app = await startTestApp({ CORS_ORIGINS: 'https://friend.example' });
    ann = await newPerson(app);
  });

  afterAll(() => app.close());

  it('answers unknown addresses with 404 in the one shape', async () => {
    const answer = await ann.get('/api/nothing/here').expect(404);
    expect(answer.body).toEqual({
      error: { code: 'not_found', status: 404, message: expect.any(String), fields: [], correlation: answer.headers['x-correlation-id'] },
    });
    await ann.get('/').expect(404);
    await ann.get('/api/samples/%E0%A4%A').expect(400);
  });

  it('answers a known address under another method with 405 and what is allowed', async () => {
    const answer = await supertest(app.app).put('/api/samples').expect(405);
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
    expect(answer.body.error.code).toBe('method_not_allowed');
    await ann.delete('/api/samples').expect(405);
  });

  it('refuses a body that is not JSON, too large, too deep or of another type', async () => {
    const post = () => supertest(app.app).post('/api/login');
    const broken = await post().set('Content-Type', 'application/json').send('{"email":').expect(400);
    expect(broken.body.error).toMatchObject({ code: 'bad_request', status: 400 });
    expect(JSON.stringify(broken.body)).not.toContain('at ');
    const large = await post().send({ email: 'x'.repeat(1_100_000) }).expect(413);
    expect(large.body.error.code).toBe('payload_too_large');
    await post().set('Content-Type', 'text/plain').send('hello').expect(415);
    await post().set('Content-Type', 'application/json').send(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`).expect(400);
    await post().set('Content-Type', 'application/json').send('"text"').expect(400);
    await post().set('Content-Type', 'application/json').send('[]').expect(422);
  });

  it('does not let a body reach the prototype of objects', async () => {
    const answer = await supertest(app.app)
      .post('/api/login')
      .set('Content-Type', 'application/json')
      .send('{"email":"a@example.org","password":"x","__proto__":{"polluted":true}}')
      .expect(422);
    expect(answer.body.error.fields[0].field).toBe('__proto__');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await ann.post('/api/samples', { title: 'x', constructor: { prototype: { polluted: true } } }).expect(422);
    await ann.get('/api/samples?constructor=1').expect(400);
    await ann.get('/api/samples?__proto__[x]=1').expect(400);
  });

  it('makes a correlation id, or takes over one that is well formed', async () => {
    const made = await ann.get('/api/me').expect(200);
    expect(made.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    const taken = await ann.get('/api/me').set('X-Correlation-Id', 'probe-42');
    expect(taken.headers['x-correlation-id']).toBe('probe-42');
    const refused = await ann.get('/api/me').set('X-Correlation-Id', 'bad id {}');
    expect(refused.headers['x-correlation-id']).not.toContain('bad');
  });

  it('writes one line for a request, with no secret in it', async () => {
    const { email, password } = ann.me;
    const answer = await supertest(app.app).post('/api/login?secret=query').set('X-Correlation-Id', 'probe-44').send({ email, password });
    const lines = app.log.map((line) => JSON.parse(line)).filter((line) => line.correlation === 'probe-44');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'info', message: 'request', method: 'POST', route: '/api/login', status: 200, user: null });
    expect(lines[0].milliseconds).toBeGreaterThan(0);
    for (const secret of [password, email, answer.body.tokens.access_token, answer.body.tokens.refresh_token, 'secret=query']) {
      expect(app.log.join('')).not.toContain(secret);
    }
  });

  it('sets the headers that protect a browser, and lets only known origins in', async () => {
    const answer = await ann.get('/api/me').set('Origin', 'https://friend.example');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cache-control': 'no-store',
      'access-control-allow-origin': 'https://friend.example',
    });
    expect(answer.headers['x-powered-by']).toBeUndefined();
    const strange = await ann.get('/api/me').set('Origin', 'https://evil.example');
    expect(strange.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('hides what it did not foresee', async () => {
    app.app.locals.services = { ...app.services, identify: () => Promise.reject(new Error('a secret detail')) };
    const answer = await ann.get('/api/me').expect(500);
    app.app.locals.services = app.services;
    expect(answer.body.error).toMatchObject({ code: 'internal', message: 'Something went wrong on our side.', fields: [] });
    expect(answer.text).not.toContain('secret detail');
    expect(app.log.join('')).toContain('a secret detail');
  });

  it('bounds numbers, text and characters in addresses', async () => {
    await ann.get('/api/samples?page=99999999999').expect(400);
    await ann.get('/api/samples?page_size=101').expect(400);
    await ann.get('/api/samples?search=a%00b').expect(400);
    await ann.get('/api/samples/not-an-id').expect(404);
    await ann.get('/api/samples/00000000-0000-0000-0000-000000000000').expect(404);
    await ann.post('/api/samples', { title: 'a\0b' }).expect(422);
  });

  it('survives a client that goes away', async () => {
    const server = app.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const call = send({ port, method: 'POST', path: '/api/login', headers: { 'content-type': 'application/json', 'content-length': 100 } });
      call.on('error', () => resolve());
      call.write('{"email"');
      setTimeout(() => call.destroy(), 30);
    });
    await supertest(server).get('/api/live').expect(200);
    server.close();
  });
});
