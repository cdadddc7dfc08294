import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestApp } from './support/app.ts';
import { notePerson, startNotes } from './support/notes.ts';
import type { Person } from './support/person.ts';

const PARENT = 'Parent 100% _sure_ \\ yes';

describe('lists', () => {
  let app: TestApp;
  let ann: Person;
  let parent: { id: string };

  beforeAll(async () => {
    app = await startNotes();
    ann = notePerson(app);
    parent = (await ann.post('/api/notes', { title: PARENT, body: 'The first' }).expect(201)).body;
    // Thirty children of one moment each; every third one names its parent.
    await app.services.database.query(
      `INSERT INTO notes (created_at, owner_id, title, colour, pages, price, due, at, "from", parent_id)
       SELECT timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute', '${ann.me.id}', 'Child ' || n,
         CASE WHEN n < 10 THEN 'green' ELSE 'red' END, n, n + 0.5, date '2026-01-01' + n, time '08:00' + n * interval '1 minute',
         ('192.0.2.' || n)::inet, CASE WHEN n % 3 = 0 THEN '${parent.id}'::uuid END
       FROM generate_series(0, 29) AS n`,
    );
  });

  afterAll(() => app.close());

  const total = async (query: string): Promise<number> => (await ann.get(`/api/notes?${query}`).expect(200)).body.total;

  it('come in pages, counted', async () => {
    const first = await ann.get('/api/notes').expect(200);
    expect(first.body).toMatchObject({ total: 31, page: 1, page_size: 25 });
    expect(first.body.items).toHaveLength(25);
    const second = await ann.get('/api/notes?page=2').expect(200);
    expect(second.body).toMatchObject({ total: 31, page: 2 });
    expect(second.body.items).toHaveLength(6);
    const ids = new Set([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id));
    expect(ids.size).toBe(31);
    const beyond = await ann.get('/api/notes?page=9').expect(200);
    expect(beyond.body).toMatchObject({ items: [], total: 31 });
  });

  it.each([
    ['pages=5', 1],
    ['pages[ne]=5', 30],
    ['pages[lt]=5', 5],
    ['pages[lte]=5', 6],
    ['pages[gt]=5', 24],
    ['pages[gte]=5', 25],
    ['pages[in]=1,2,77', 2],
    ['pages[null]=true', 1],
    ['pages[null]=false', 30],
    ['words[gt]=6000', 9],
    ['price=5.50', 1],
    ['price[lt]=0.75', 1],
    ['colour=green', 10],
    ['colour[in]=red,green', 31],
    ['done=false', 31],
    ['done[ne]=false', 0],
    ['body[contains]=fir', 1],
    ['body[contains]=%25', 0],
    ['body=The first', 1],
    ['due=2026-01-02', 1],
    ['due[lt]=2026-01-03', 2],
    ['at[gte]=08:28', 2],
    ['from=192.0.2.7', 1],
    ['from[null]=true', 1],
    ['created_at[gte]=2026-01-01&created_at[lt]=2026-01-02', 30],
    ['created_at[lt]=2026-01-01T00:10:00Z', 10],
    ['created_at[lt]=2026-01-01T02:10:00%2B02:00', 10],
  ])('are filtered by %s', async (query, expected) => {
    expect(await total(query)).toBe(expected);
  });

  it('are filtered by references and links', async () => {
    expect(await total(`parent=${parent.id}`)).toBe(10);
    expect(await total(`parent[ne]=${parent.id.toUpperCase()}`)).toBe(21);
    expect(await total(`parent[in]=${parent.id},${ann.me.id}`)).toBe(10);
    const other = await ann.post('/api/notes', { title: 'Other', links: [parent.id] }).expect(201);
    expect(await total(`links=${parent.id},${ann.me.id}`)).toBe(1);
    expect(await total(`links[all]=${parent.id}`)).toBe(1);
    expect(await total(`links[all]=${parent.id},${ann.me.id}`)).toBe(0);
    await ann.delete(`/api/notes/${other.body.id}`).expect(204);
  });

  it('are searched without a wildcard of the searcher', async () => {
    const titles = async (search: string) => {
      const answer = await ann.get(`/api/notes?search=${encodeURIComponent(search)}`).expect(200);
      return answer.body.items.map(({ title }: { title: string }) => title);
    };
    expect(await titles('100%')).toEqual([PARENT]);
    expect(await titles('_sure_')).toEqual([PARENT]);
    expect(await titles('\\ yes')).toEqual([PARENT]);
    expect(await titles('%')).toHaveLength(1);
    expect(await titles("'; DROP TABLE notes; --")).toEqual([]);
    expect(await titles('  ')).toHaveLength(25);
  });

  it('are sorted by what may be sorted', async () => {
    const titles = async (sort: string) => {
      const answer = await ann.get(`/api/notes?sort=${sort}&page_size=2`).expect(200);
      return answer.body.items.map(({ title }: { title: string }) => title);
    };
    expect(await titles('pages')).toEqual([PARENT, 'Child 0']);
    expect(await titles('-pages')).toEqual(['Child 29', 'Child 28']);
    expect(await titles('colour,-pages')).toEqual(['Child 9', 'Child 8']);
  });

  it.each([
    ['shape=round', 'shape'],
    ['constructor=1', 'constructor'],
    ['__proto__[x]=1', '__proto__[x]'],
    ['a[b][c]=1', 'a[b][c]'],
    ['parent[like]=x', 'parent'],
    ['parent[lt]=x', 'parent'],
    ['parent=x', 'parent'],
    ['links=x', 'links'],
    ['colour=blue', 'colour'],
    ['done=perhaps', 'done'],
    ['pages=1.5', 'pages'],
    ['pages=2147483648', 'pages'],
    ['price=1e5', 'price'],
    ['from=here', 'from'],
    ['at=25:00', 'at'],
    ['due=2026-02-30', 'due'],
    ['due=2026-13-01', 'due'],
    ['due=soon', 'due'],
    ['created_at=yesterday', 'created_at'],
    ['created_at=2026-02-30', 'created_at'],
    [`body=${'x'.repeat(201)}`, 'body'],
    ['parent[null]=perhaps', 'parent'],
    [`pages[in]=${Array.from({ length: 101 }, () => 1).join(',')}`, 'pages'],
    ['sort=body', 'sort'],
    ['sort=pages%20desc', 'sort'],
    ['sort=pages,pages,pages,pages,pages,pages', 'sort'],
    ['page=0', 'page'],
    ['page=1.5', 'page'],
    ['page=99999999999', 'page'],
    ['page_size=101', 'page_size'],
    ['page=1&page=2', 'page'],
    [`search=${'x'.repeat(201)}`, 'search'],
    ['search=a%00b', 'search'],
    ['cursor=x', 'cursor'],
  ])('refuse %s by the name of what is wrong', async (query, field) => {
    const answer = await ann.get(`/api/notes?${query}`).expect(400);
    expect(answer.body.error).toMatchObject({ code: 'bad_request', fields: [{ field }] });
  });

  it('tell of a reference in one query for the whole page', async () => {
    const queries: string[] = [];
    const { database } = app.services;
    const original = database.query.bind(database);
    database.query = ((sql: unknown, ...rest: unknown[]) => {
      queries.push(String(sql));
      return (original as (...all: unknown[]) => unknown)(sql, ...rest);
    }) as typeof database.query;
    const answer = await ann.get(`/api/notes?parent=${parent.id}`).expect(200);
    database.query = original;
    expect(queries).toHaveLength(1);
    expect(answer.body.items[0]).toMatchObject({ parent: { id: parent.id, display: PARENT }, can: ['update', 'delete', 'finish'] });
  });

  it.each([
    ['newest', 'Child 1'],
    ['oldest', 'Child 29'],
  ])('are read by cursor, %s first, without a gap or a repeat', async (list, last) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { title: string; cursor_key?: string }[]; total: number; next_cursor: string | null } } = await ann
        .get(`/api/notes/${list}?page_size=10&pages[gt]=0${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      expect(page.body.total).toBe(29);
      seen.push(...page.body.items.map(({ title }) => title));
      cursor = page.body.next_cursor;
    }
    expect(new Set(seen).size).toBe(29);
    expect(seen.at(-1)).toBe(last);
  });

  it.each(['cursor=bad', `cursor=${Buffer.from('["x","y"]').toString('base64url')}`, 'page=2', 'sort=pages'])('by cursor refuse %s', async (query) => {
    const answer = await ann.get(`/api/notes/newest?${query}`).expect(400);
    expect(answer.body.error.fields).toHaveLength(1);
  });

  it('offer choices by one statement', async () => {
    const asked = vi.spyOn(app.services.database, 'query');
    await ann.get('/api/notes/choices?page_size=10').expect(200);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  it('offer choices', async () => {
    const answer = await ann.get('/api/notes/choices?search=parent').expect(200);
    expect(answer.body).toEqual({ items: [{ id: parent.id, display: PARENT }], total: 1 });
    const page = await ann.get('/api/notes/choices?page=4&page_size=10').expect(200);
    expect(page.body).toMatchObject({ items: [{ display: PARENT }], total: 31 });
    expect((await ann.get('/api/notes/choices?page=5&page_size=10').expect(200)).body).toEqual({ items: [], total: 31 });
    await ann.get('/api/notes/choices?sort=title').expect(400);
    await app.stranger().get('/api/notes/choices').expect(401);
  });

  it('are counted exactly up to ten thousand, and estimated beyond', async () => {
    await app.services.database.query(
      `INSERT INTO notes (owner_id, title, colour, pages, price, due, at, "from")
       SELECT '${ann.me.id}', 'One of many ' || n, 'red', 5, 1, date '2030-01-01' + n, time '08:00', '192.0.2.1'::inet
       FROM generate_series(1, 12000) AS n`,
    );
    await app.services.database.query('ANALYZE notes');
    expect(await total('due[gt]=2035-06-24')).toBe(10_000);
    const all = await total('due[gt]=2030-01-01');
    expect(all).toBeGreaterThan(10_000);
    expect(Math.abs(all - 12_000)).toBeLessThan(1200);
    expect((await ann.get('/api/notes?due[gt]=2030-01-01&page=480').expect(200)).body.items).toHaveLength(25);
  });
});
