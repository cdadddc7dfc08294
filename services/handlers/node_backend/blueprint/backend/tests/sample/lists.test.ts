import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { newPerson } from '../support/people.ts';
import type { Person } from '../support/person.ts';

describe('lists', () => {
  let app: TestApp;
  let ann: Person;
  let parent: { id: string };

  beforeAll(async () => {
    app = await startTestApp();
    ann = await newPerson(app);
    parent = (await ann.post('/api/samples', { title: 'Parent 100% _sure_ \\ yes' }).expect(201)).body;
    for (let index = 0; index < 30; index += 1) {
      await ann.post('/api/samples', { title: `Child ${index}`, ...(index % 3 === 0 && { parent: parent.id }) }).expect(201);
    }
  });

  afterAll(() => app.close());

  it('come in pages, counted', async () => {
    const first = await ann.get('/api/samples').expect(200);
    expect(first.body).toMatchObject({ total: 31, page: 1, page_size: 25 });
    expect(first.body.items).toHaveLength(25);
    const second = await ann.get('/api/samples?page=2').expect(200);
    expect(second.body).toMatchObject({ total: 31, page: 2 });
    expect(second.body.items).toHaveLength(6);
    const ids = new Set([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id));
    expect(ids.size).toBe(31);
    const beyond = await ann.get('/api/samples?page=9').expect(200);
    expect(beyond.body).toMatchObject({ items: [], total: 31 });
  });

  it('are filtered by the type of the field', async () => {
    const total = async (query: string) => (await ann.get(`/api/samples?${query}`).expect(200)).body.total;
    expect(await total(`parent=${parent.id}`)).toBe(10);
    expect(await total(`parent[ne]=${parent.id}`)).toBe(21);
    expect(await total(`parent[in]=${parent.id},${ann.me.id}`)).toBe(10);
    expect(await total('parent[null]=true')).toBe(21);
    expect(await total('parent[null]=false')).toBe(10);
    expect(await total('created_at[gte]=2020-01-01&created_at[lt]=2020-01-02')).toBe(0);
    expect(await total('created_at[gt]=2020-01-01T00:00:00Z')).toBe(31);
    expect(await total('created_at[gt]=2020-01-01T00:00:00%2B02:00')).toBe(31);
  });

  it('are searched without a wildcard of the searcher', async () => {
    const titles = async (search: string) => {
      const answer = await ann.get(`/api/samples?search=${encodeURIComponent(search)}`).expect(200);
      return answer.body.items.map(({ title }: { title: string }) => title);
    };
    expect(await titles('100%')).toEqual(['Parent 100% _sure_ \\ yes']);
    expect(await titles('_sure_')).toEqual(['Parent 100% _sure_ \\ yes']);
    expect(await titles('\\ yes')).toEqual(['Parent 100% _sure_ \\ yes']);
    expect(await titles('%')).toHaveLength(1);
    expect(await titles("'; DROP TABLE samples; --")).toEqual([]);
    expect(await titles('  ')).toHaveLength(25);
  });

  it('are sorted by what may be sorted', async () => {
    const answer = await ann.get('/api/samples?sort=-created_at&page_size=2').expect(200);
    expect(answer.body.items[0].title).toBe('Child 29');
    const up = await ann.get('/api/samples?sort=created_at&page_size=1').expect(200);
    expect(up.body.items[0].id).toBe(parent.id);
  });

  it('refuse by name what they do not know', async () => {
    const refused = async (query: string) => (await ann.get(`/api/samples?${query}`).expect(400)).body.error.fields[0].field;
    expect(await refused('colour=red')).toBe('colour');
    expect(await refused('parent[like]=x')).toBe('parent');
    expect(await refused('parent=x')).toBe('parent');
    expect(await refused('created_at=yesterday')).toBe('created_at');
    expect(await refused('created_at=2026-02-30')).toBe('created_at');
    expect(await refused('sort=note')).toBe('sort');
    expect(await refused('sort=title%20desc')).toBe('sort');
    expect(await refused('page=0')).toBe('page');
    expect(await refused('page=1.5')).toBe('page');
    expect(await refused('page_size=1000')).toBe('page_size');
    expect(await refused('page=1&page=2')).toBe('page');
    expect(await refused(`search=${'x'.repeat(201)}`)).toBe('search');
    expect(await refused('parent[null]=perhaps')).toBe('parent');
    expect(await refused(`parent[in]=${Array.from({ length: 101 }, () => parent.id).join(',')}`)).toBe('parent');
  });

  it('tell of a reference only what may be told, and in one query for the whole page', async () => {
    const queries: string[] = [];
    const { database } = app.services;
    const original = database.query.bind(database);
    database.query = ((sql: unknown, ...rest: unknown[]) => {
      queries.push(String(sql));
      return (original as (...all: unknown[]) => unknown)(sql, ...rest);
    }) as typeof database.query;
    const answer = await ann.get(`/api/samples?parent=${parent.id}`).expect(200);
    database.query = original;
    expect(queries).toHaveLength(2);
    expect(answer.body.items[0]).toMatchObject({
      parent: { id: parent.id, display: 'Parent 100% _sure_ \\ yes' },
      created_by: { id: ann.me.id, display: 'Pat Person' },
      can: ['update', 'delete'],
    });
  });

  it('say what each caller may do to each row', async () => {
    const bob = await newPerson(app);
    const admin = await newPerson(app, 'admin');
    expect((await bob.get(`/api/samples/${parent.id}`)).body.can).toEqual([]);
    expect((await admin.get(`/api/samples/${parent.id}`)).body.can).toEqual(['update', 'delete']);
    await bob.patch(`/api/samples/${parent.id}`, { title: 'mine' }).expect(403);
    await admin.patch(`/api/samples/${parent.id}`, { note: 'seen' }).expect(200);
  });

  it('offer choices', async () => {
    const answer = await ann.get('/api/samples/choices?search=parent').expect(200);
    expect(answer.body).toEqual({ items: [{ id: parent.id, display: 'Parent 100% _sure_ \\ yes' }], total: 1 });
    await ann.get('/api/samples/choices?sort=title').expect(400);
    await app.stranger().get('/api/samples/choices').expect(401);
  });
});
