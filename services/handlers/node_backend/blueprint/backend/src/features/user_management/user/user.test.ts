import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../../tests/support/app.ts';
import { inputFor, make } from '../../../../tests/support/factories.ts';
import { newPerson } from '../../../../tests/support/people.ts';
import type { Person } from '../../../../tests/support/person.ts';

const path = '/api/users';

describe('users', () => {
  let app: TestApp;
  let person: Person;

  beforeAll(async () => {
    app = await startTestApp();
    person = await newPerson(app, 'admin');
  });

  afterAll(() => app.close());

  it('are created, read and listed', async () => {
    const row = await make(app, person, 'User');
    const read = await person.get(`${path}/${row.id}`).expect(200);
    expect(read.body).toEqual(row);
    expect(read.headers.etag).toBe(`"${row.row_version}"`);
    const list = await person.get(`${path}?page_size=100`).expect(200);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toContain(row.id);
    expect(list.body.total).toBe(list.body.items.length);
  });

  it('are changed, and not over the change of somebody else', async () => {
    const row = await make(app, person, 'User');
    const answer = await person.patch(`${path}/${row.id}`, { name: 'Other text' }).expect(200);
    expect(answer.body.name).toBe('Other text');
    await person.patch(`${path}/${row.id}`, { name: 'Other text' }).set('If-Match', `"${row.row_version}"`).expect(412);
    await person.patch(`${path}/${row.id}`, { name: 'Other text' }).set('If-Match', answer.headers.etag ?? '').expect(200);
  });

  it('are deleted', async () => {
    const row = await make(app, person, 'User');
    await person.delete(`${path}/${row.id}`).expect(204);
    await person.get(`${path}/${row.id}`).expect(404);
    await person.delete(`${path}/${row.id}`).expect(404);
  });

  it('refuse input that is not theirs', async () => {
    const answer = await person.post(path, { no_such_field: 1 }).expect(422);
    const fields = answer.body.error.fields.map(({ field }: { field: string }) => field);
    expect(fields.toSorted()).toEqual(['email', 'name', 'no_such_field']);
    await person.get(`${path}/00000000-0000-7000-8000-000000000000`).expect(404);
    await person.get(`${path}?no_such_field=1`).expect(400);
    await person.get(`${path}?page_size=101`).expect(400);
  });

  it.each<[string, unknown]>([
    ['email', 'nobody'],
    ['name', 'x'.repeat(121)],
    ['password', 'short'],
    ['roles', ['no id']],
  ])('take no wrong %s', async (field, value) => {
    const answer = await person.post(path, { ...(await inputFor(app, person, 'User')), [field]: value }).expect(422);
    expect(answer.body.error.fields.map((problem: { field: string }) => problem.field.split('.')[0])).toEqual([field]);
  });

  it('are made once for one key', async () => {
    const input = await inputFor(app, person, 'User');
    const key = randomUUID();
    const first = await person.post(path, input).set('Idempotency-Key', key).expect(201);
    const second = await person.post(path, input).set('Idempotency-Key', key).expect(201);
    expect(second.body).toEqual(first.body);
  });

  it('are found by their title', async () => {
    const row = await make(app, person, 'User');
    const found = await person.get(`${path}?search=${encodeURIComponent(String(row.name))}`).expect(200);
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([row.id]);
  });

  it('are closed to those who may not', async () => {
    await app.stranger().post(path, {}).expect(401);
    const other = await newPerson(app);
    await other.post(path, {}).expect(403);
  });
});
