import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './support/app.ts';
import { newPerson } from './support/people.ts';
import type { Person } from './support/person.ts';

describe('the trial', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startTestApp();
    [ann, bob] = await Promise.all([newPerson(app), newPerson(app)]);
  });

  afterAll(() => app.close());

  const items = async (person: Person, key: string) => (await person.get(`/api/metrics/${key}`).expect(200)).body.items;

  it('counts by what a caller may refer to, and sums what it may read', async () => {
    const shelf = (await ann.post('/api/shelves', { name: 'Mine', open: false }).expect(201)).body;
    await ann.post('/api/books', { title: 'One', shelf: shelf.id, weight: '1.250', pages: 3, bought_on: '2026-01-31' }).expect(201);
    await ann.post('/api/books', { title: 'Two', shelf: shelf.id, state: 'old', bought_on: '2026-02-01' }).expect(201);
    await bob.post('/api/books', { title: 'Three', weight: '0.1' }).expect(201);

    expect(await items(bob, 'books')).toEqual([{ value: 3 }]);
    expect(await items(ann, 'books-by-shelf')).toEqual([{ by: { id: shelf.id, display: 'Mine' }, value: 2 }, { by: null, value: 1 }]);
    // To bob a closed shelf is none.
    expect(await items(bob, 'books-by-shelf')).toEqual([{ by: null, value: 3 }]);
    expect(await items(ann, 'books-by-keeper')).toMatchObject([{ by: { id: ann.me.id }, value: 2 }, { by: null, value: 1 }]);
    expect(await items(ann, 'weight')).toEqual([{ value: '1.250' }]);
    expect(await items(bob, 'weight')).toEqual([{ value: '0.100' }]);
    expect(await items(ann, 'pages')).toEqual([{ value: '2.0000' }]);
    expect(await items(ann, 'sized')).toEqual([{ value: '7.500' }]);
    expect(await items(ann, 'bought?step=month')).toEqual([
      { over: '2026-01-01', by: 'new', value: 3 },
      { over: '2026-02-01', by: 'old', value: 1 },
    ]);
  });
});
