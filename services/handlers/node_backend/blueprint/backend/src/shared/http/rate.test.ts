import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../tests/support/app.ts';
import { query } from '../actions/operation.ts';
import { defineFeature } from '../feature.ts';
import { callerOf, stranger } from '../policy/caller.ts';

const USER = '00000000-0000-7000-8000-00000000000';

describe('limits', () => {
  let app: TestApp;

  beforeAll(async () => {
    const router = Router();
    router.get('/api/free', query({ name: 'free', run: async () => ({}) }));
    router.get('/api/rare', query({ name: 'rare', rate: { count: 2, seconds: 60 }, run: async () => ({}) }));
    const probe = defineFeature({
      name: 'probe',
      rate: { count: 5, seconds: 60 },
      edge: { jsonDepth: 3, jsonFields: 10, bodyBytes: 1000, requestSeconds: 1 },
      routers: [router],
      identify: async (credentials) => {
        const user = credentials.get('x-user');
        return user === undefined ? stranger() : callerOf({ userId: `${USER}${user}`, sessionId: USER, roles: [], permissions: [] });
      },
    });
    app = await startTestApp({ RATE_LIMIT_FACTOR: '1' }, [probe]);
  });

  afterAll(() => app.close());

  const call = (path: string, user: string) => app.stranger().get(path).set('X-User', user);

  it('count all calls of one caller together, and each caller alone', async () => {
    for (const path of ['/api/free', '/api/rare', '/api/rare', '/api/free']) await call(path, '1');
    const last = await call('/api/free', '1').expect(200);
    expect(last.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '0', 'ratelimit-policy': '5;w=60' });
    const refused = await call('/api/free', '1').expect(429);
    expect(refused.body.error).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    await call('/api/free', '2').expect(200);
  });

  it('count who looks for addresses that are not there, by the address they come from', async () => {
    for (let time = 0; time < 5; time += 1) await app.stranger().get(`/api/nothing/${time}`).expect(404);
    await app.stranger().get('/api/nothing').expect(429);
    await app.stranger().get('/api/free').expect(429);
    await call('/api/free', '2').expect(200);
  });

  it('of one operation are its own, and tell their figures', async () => {
    const first = await call('/api/rare', '3').expect(200);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    await call('/api/rare', '3').expect(200);
    await call('/api/rare', '3').expect(429);
    await call('/api/free', '3').expect(200);
  });

  it('never keep whoever watches over the application from asking', async () => {
    for (let time = 0; time < 10; time += 1) await call('/api/live', '4').expect(200);
  });

  it('of a request are those that a feature sets', async () => {
    const post = (body: string, user: string) => app.stranger().post('/api/free').set({ 'Content-Type': 'application/json', 'X-User': user }).send(body as unknown as object);
    await post('{"a":{"b":{"c":{"d":1}}}}', '5').expect(400);
    await post(JSON.stringify(Array.from({ length: 11 }, () => 0)), '5').expect(400);
    const large = await post(JSON.stringify('x'.repeat(1000)), '5').expect(413);
    expect(large.body.error.message).toBe('A body has at most 1000 bytes.');
  });
});
