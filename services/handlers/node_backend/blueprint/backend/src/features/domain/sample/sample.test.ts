import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../../tests/support/app.ts';
import type { Person } from '../../../../tests/support/person.ts';

const path = '/api/samples';

describe('samples', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob] = await Promise.all([app.person(), app.person()]);
  });

  afterAll(() => app.close());

  it('are created, read, changed and deleted', async () => {
    const created = await ann.post(path, { title: 'Title 1' }).expect(201);
    expect(created.body).toMatchObject({ title: 'Title 1' });
    expect(created.headers.location).toBe(`${path}/${created.body.id}`);
    const read = await ann.get(`${path}/${created.body.id}`).expect(200);
    expect(read.body).toEqual(created.body);
    const changed = await ann.patch(`${path}/${created.body.id}`, { title: 'Title 2' }).expect(200);
    expect(changed.body).toMatchObject({ title: 'Title 2', row_version: 2 });
    await ann.delete(`${path}/${created.body.id}`).expect(204);
    await ann.get(`${path}/${created.body.id}`).expect(404);
  });
});
