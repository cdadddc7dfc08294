import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './support/app.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: object; readonly 'x-access'?: string }>>>>;
}

describe('the API description', () => {
  let app: TestApp;
  let described: Described;

  beforeAll(async () => {
    app = await startTestApp();
    described = (await app.stranger().get('/api/openapi').expect(200)).body;
  });

  afterAll(() => app.close());

  it('is OpenAPI, with a name of its own for each operation', () => {
    expect(described).toMatchObject({ openapi: '3.1.0', info: { title: expect.any(String) } });
    const names = Object.values(described.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(names).size).toBe(names.length);
  });

  it('names only addresses that are served, and only answers that they give', async () => {
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const address = path.replaceAll(/\{\w+\}/g, () => randomUUID());
        const answer = await supertest(app.app)[method as 'get'](address);
        expect(answer.body.error?.message, `${method} ${path}`).not.toBe('There is no such address.');
        expect(Object.keys(responses), `${method} ${path}`).toContain(String(answer.status));
      }
    }
  });

  it('tells who brings credentials that do not hold, instead of showing what a stranger sees', async () => {
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const [method, { 'x-access': access = 'anyone' }] of Object.entries(methods)) {
        if (access === 'anyone' || access.startsWith('setting.')) continue;
        const address = path.replaceAll(/\{\w+\}/g, () => randomUUID());
        const answer = await supertest(app.app)[method as 'get'](address).set('Authorization', 'Bearer not.a.token');
        expect(answer.status, `${method} ${path}`).toBe(401);
      }
    }
  });
});
