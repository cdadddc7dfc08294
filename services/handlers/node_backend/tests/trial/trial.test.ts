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

  it('computes what follows from a new row, and again with what it follows', async () => {
    const shelf = (await ann.post('/api/shelves', { name: 'Wide' }).expect(201)).body;
    const book = (await ann.post('/api/books', { title: 'Heavy', shelf: shelf.id, weight: '2.500' }).expect(201)).body;
    const input = { title: 'Heavy Book!', begins_at: '2026-03-01T10:00:00Z', book: book.id, lines: [{ text: 'one' }] };
    const note = (await ann.post('/api/notes', input).expect(201)).body;
    expect(note).toMatchObject({ slug: 'heavy-book', ends_at: '2026-03-01T10:10:00.000Z', weight: '2.500', of_shelf: 1 });
    const [line] = (await ann.get(`/api/notes/${note.id}/lines`).expect(200)).body.items;
    expect(line).toMatchObject({ text: 'one', heading: 'Heavy Book!' });
    expect(Date.parse(line.written_at)).toBeGreaterThan(Date.now() - 60_000);

    await ann.post('/api/books', { title: 'Light', shelf: shelf.id }).expect(201);
    expect((await ann.patch(`/api/notes/${note.id}`, { title: 'Other' }).expect(200)).body).toMatchObject({ slug: 'heavy-book', of_shelf: 1 });
    const longer = (await ann.patch(`/api/notes/${note.id}`, { words: 30 }).expect(200)).body;
    expect(longer).toMatchObject({ ends_at: '2026-03-01T10:30:00.000Z', of_shelf: 2, row_version: 3 });
    const stretched = (await ann.post(`/api/notes/${note.id}/stretch`, { words: 60 }).expect(200)).body;
    expect(stretched.ends_at).toBe('2026-03-01T11:00:00.000Z');
  });

  it('keeps the marks of a text that do no harm, in a new row and in one that is changed', async () => {
    const input = { title: 'Marked', begins_at: '2026-03-01T10:00:00Z', body: '<p onclick="x()">One <b>bold</b></p><script>x()</script>' };
    const note = (await ann.post('/api/notes', input).expect(201)).body;
    expect(note.body).toBe('<p>One <b>bold</b></p>');
    const changed = (await ann.patch(`/api/notes/${note.id}`, { body: '<a href="javascript:x()">two</a>' }).expect(200)).body;
    expect(changed.body).toBe('<a rel="noopener noreferrer nofollow">two</a>');
    expect((await ann.patch(`/api/notes/${note.id}`, { body: null }).expect(200)).body.body).toBeNull();
  });

  it('lets a field be written where the row says so: as it was, or as a new one has become', async () => {
    const foreign = (await bob.post('/api/shelves', { name: 'Of bob' }).expect(201)).body;
    await ann.post('/api/books', { title: 'Old', state: 'old', mark: 'A1' }).expect(403);
    await ann.post('/api/books', { title: 'There', shelf: foreign.id, mark: 'A1' }).expect(403);
    expect((await ann.get('/api/books?search=There').expect(200)).body.total).toBe(0);
    const book = (await ann.post('/api/books', { title: 'Here', mark: 'A1' }).expect(201)).body;
    expect((await ann.patch(`/api/books/${book.id}`, { mark: 'A2', state: 'old' }).expect(200)).body).toMatchObject({ mark: 'A2', state: 'old' });
    await ann.patch(`/api/books/${book.id}`, { mark: 'A3' }).expect(403);
    expect((await ann.patch(`/api/books/${book.id}`, { title: 'Still' }).expect(200)).body).toMatchObject({ title: 'Still', mark: 'A2' });
  });

  it('gives each of eight a slug of its own, and takes one that is written', async () => {
    const write = (slug?: string) => ann.post('/api/notes', { title: 'Same', begins_at: '2026-03-01T10:00:00Z', slug });
    const made = await Promise.all(Array.from({ length: 8 }, () => write().expect(201)));
    expect(made.map(({ body }) => body.slug).toSorted()).toEqual(['same', ...[2, 3, 4, 5, 6, 7, 8].map((number) => `same-${number}`)]);
    expect((await write('my-own').expect(201)).body.slug).toBe('my-own');
    expect((await ann.get('/api/notes?slug=my-own&page_size=1').expect(200)).body.total).toBe(1);
    expect((await write('my-own').expect(409)).body.error.fields).toMatchObject([{ field: 'slug' }]);
    await write('Not a slug').expect(422);
  });

  it('keeps money exact to the last digit, whoever computes', async () => {
    const input = { code: 'AB-1', currency: 'EUR', price: '0.10', stock: 3 };
    const article = (await ann.post('/api/articles', input).expect(201)).body;
    expect(article).toMatchObject({ price: '0.10', tax: '0.190', gross: '0.12', value: '0.30', sold: '0.00' });
    const sales = await Promise.all([1, 2, 7].map((pieces) => ann.post('/api/sales', { article: article.id, pieces }).expect(201)));
    expect(sales.map(({ body }) => [body.unit_price, body.total])).toEqual([['0.10', '0.10'], ['0.10', '0.20'], ['0.10', '0.70']]);
    expect((await ann.get(`/api/articles/${article.id}`).expect(200)).body.sold).toBe('1.00');
    const dear = (await ann.patch(`/api/articles/${article.id}`, { price: '9.99' }).expect(200)).body;
    expect(dear).toMatchObject({ price: '9.99', value: '29.97', sold: '1.00', gross: '11.89' });
    expect((await ann.post(`/api/articles/${article.id}/discount`, { percent: 33 }).expect(200)).body).toMatchObject({ price: '6.69' });
    expect(await items(ann, 'sales')).toEqual([{ by: 'EUR', value: '1.00' }]);
    expect(await items(ann, 'price')).toEqual([{ value: '6.6900' }]);

    const largest = { ...input, code: 'AB-2', price: '900719925474.09', stock: 0 };
    expect((await ann.post('/api/articles', largest).expect(201)).body).toMatchObject({ price: '900719925474.09' });
    expect((await ann.get('/api/articles?price[gt]=900719925474.08').expect(200)).body.total).toBe(1);
    expect((await ann.get('/api/articles?sort=price').expect(200)).body.items.map(({ code }: { code: string }) => code)).toEqual(['AB-1', 'AB-2']);
    for (const price of ['0.001', '-0.01', 'a lot', '1000000000000.00', 1.5]) await ann.post('/api/articles', { ...input, code: 'AB-3', price }).expect(422);
    await ann.post('/api/articles', { ...input, code: 'AB-3', currency: 'Euro' }).expect(422);
    await ann.post('/api/articles', { ...input, code: 'ab-3' }).expect(422);
  });

  it('links the one row of a person, and leaves the links alone that are not named', async () => {
    const [jazz, folk] = await Promise.all(['Jazz', 'Folk'].map(async (name) => (await ann.post('/api/genres', { name }).expect(201)).body));
    expect((await ann.get('/api/tastes').expect(200)).body).toMatchObject({ about: null, likes: [] });
    const made = (await ann.put('/api/tastes', { about: 'old', likes: [jazz.id, folk.id] }).expect(200)).body;
    expect(made.likes.map(({ display }: { display: string }) => display).toSorted()).toEqual(['Folk', 'Jazz']);
    expect((await ann.put('/api/tastes', { about: 'new' }).expect(200)).body).toMatchObject({ id: made.id, about: 'new', likes: made.likes });
    expect((await ann.put('/api/tastes', { likes: [folk.id] }).expect(200)).body.likes).toMatchObject([{ id: folk.id }]);
    await ann.put('/api/tastes', { likes: [ann.me.id] }).expect(422);
    expect((await ann.get('/api/tastes').expect(200)).body.likes).toMatchObject([{ id: folk.id }]);
    expect((await bob.get('/api/tastes').expect(200)).body.likes).toEqual([]);
  });

  it('moves within a list, and gives no place twice to eight who move at the same time', async () => {
    const add = async (name: string, position: number, disc = 1) => (await ann.post('/api/tracks', { name, disc, position }).expect(201)).body;
    const names = async () => {
      const { body } = await ann.get('/api/tracks?disc=1&page_size=100').expect(200);
      return body.items.map(({ name, position }: { name: string; position: number }) => `${position}${name}`);
    };
    const [a, b, c, d] = [await add('a', 1), await add('b', 2), await add('c', 5), await add('d', 9)];
    const elsewhere = await add('x', 1, 2);
    const moved = await ann.post(`/api/tracks/${d.id}/move`, { before: b.id }).expect(200);
    expect(moved.body).toMatchObject({ name: 'd', position: 2, can: ['update', 'delete', 'move'] });
    expect(await names()).toEqual(['1a', '2d', '5b', '9c']);
    await ann.post(`/api/tracks/${a.id}/move`, { after: c.id }).expect(200);
    expect(await names()).toEqual(['1d', '2b', '5c', '9a']);
    await ann.post(`/api/tracks/${a.id}/move`, { after: a.id }).expect(200);

    for (const input of [{}, { before: b.id, after: c.id }, { before: elsewhere.id }, { before: '0198c1d2-7a4e-7c3b-9f10-5d2b6f1a9e01' }]) {
      await ann.post(`/api/tracks/${a.id}/move`, input).expect(422);
    }
    await bob.post(`/api/tracks/${a.id}/move`, { before: b.id }).expect(403);
    await ann.post(`/api/tracks/${a.id}/move`, { before: b.id }).set('If-Match', '"1"').expect(412);

    const rows = [a, b, c, d];
    const moves = Array.from({ length: 8 }, (_, index) =>
      ann.post(`/api/tracks/${rows[index % 4].id}/move`, index % 2 === 0 ? { after: rows[(index + 1) % 4].id } : { before: rows[(index + 2) % 4].id }),
    );
    expect((await Promise.all(moves)).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const after = await names();
    expect(after.map((text: string) => text[0])).toEqual(['1', '2', '5', '9']);
    expect(after.map((text: string) => text[1]).toSorted()).toEqual(['a', 'b', 'c', 'd']);
    await ann.post('/api/tracks', { name: 'e', disc: 1, position: 2 }).expect(409);
    expect((await ann.post('/api/tracks', { name: 'e', disc: 1 }).expect(201)).body.position).toBe(10);
  });

  it('lets everything refer to the row that another one is merged into', async () => {
    const genre = async (input: object) => (await ann.post('/api/genres', input).expect(201)).body.id as string;
    const [old, kept, third] = [await genre({ name: 'Crime' }), await genre({ name: 'Thriller' }), await genre({ name: 'Poems' })];
    await ann.patch(`/api/genres/${kept}`, { parent: old }).expect(200);
    await ann.patch(`/api/genres/${third}`, { parent: old }).expect(200);
    const [both, one] = [
      (await ann.post('/api/books', { title: 'Both', genres: [old, kept], genre: old }).expect(201)).body.id,
      (await bob.post('/api/books', { title: 'One', genres: [old, third] }).expect(201)).body.id,
    ];
    const rate = async (person: Person, target: string, stars: number) => (await person.post('/api/ratings', { genre: target, stars }).expect(201)).body.id as string;
    const [twice, stays, moved] = [await rate(ann, old, 1), await rate(ann, kept, 2), await rate(bob, old, 3)];

    const answer = await ann.post(`/api/genres/${old}/merge`, { into: kept }).expect(200);
    expect(answer.body.genre).toMatchObject({ id: kept, name: 'Thriller', parent: null });
    await ann.get(`/api/genres/${old}`).expect(404);
    expect((await ann.get(`/api/genres/${third}`).expect(200)).body.parent.id).toBe(kept);
    const genres = async (id: string) => (await ann.get(`/api/books/${id}`).expect(200)).body;
    expect(await genres(both)).toMatchObject({ genres: [{ id: kept }], genre: { id: kept } });
    expect((await genres(one)).genres.map(({ id }: { id: string }) => id).toSorted()).toEqual([kept, third].toSorted());
    await ann.get(`/api/ratings/${twice}`).expect(404);
    expect((await ann.get(`/api/ratings/${stays}`).expect(200)).body.stars).toBe(2);
    expect((await ann.get(`/api/ratings/${moved}`).expect(200)).body.genre.id).toBe(kept);
    await ann.post(`/api/genres/${kept}/merge`, { into: kept }).expect(409);
    await ann.post(`/api/genres/${kept}/merge`, { into: old }).expect(422);
  });

  it('keeps places, numbers what is sent, and stops who fills what nobody sees', async () => {
    const shelf = (await ann.post('/api/shelves', { name: 'Placed', place: { latitude: 52.52, longitude: -13.4 } }).expect(201)).body;
    expect(shelf.place).toEqual({ latitude: 52.52, longitude: -13.4 });
    const moved = (await ann.patch(`/api/shelves/${shelf.id}`, { place: { latitude: 0, longitude: 180 } }).expect(200)).body;
    expect(moved.place).toEqual({ latitude: 0, longitude: 180 });
    expect((await ann.patch(`/api/shelves/${shelf.id}`, { name: 'Still there' }).expect(200)).body.place).toEqual(moved.place);
    expect((await ann.patch(`/api/shelves/${shelf.id}`, { place: null }).expect(200)).body.place).toBeNull();
    for (const place of [{ latitude: 91, longitude: 0 }, { latitude: 1 }, '1,2', { latitude: '1', longitude: 2 }]) await ann.post('/api/shelves', { name: 'No', place }).expect(422);

    const bill = async () => (await ann.post('/api/bills', { amount: '1.00', currency: 'EUR' }).expect(201)).body;
    const [first, second] = [await bill(), await bill()];
    expect(first.number).toBeNull();
    expect((await ann.post(`/api/bills/${second.id}/send`).expect(200)).body.number).toBe('B-0001');
    expect((await ann.post(`/api/bills/${first.id}/send`).expect(200)).body.number).toBe('B-0002');

    const later = (await ann.post('/api/bills', { amount: '1.00', currency: 'EUR', corrects: first.id }).expect(201)).body;
    expect(later.corrects).toEqual({ id: first.id, display: 'B-0002' });
    expect((await ann.get('/api/bills/choices?search=B-0001').expect(200)).body.items).toEqual([{ id: second.id, display: 'B-0001' }]);

    for (const website of [undefined, null, '']) await ann.post('/api/suggest', { name: 'Suggested', website }).expect(200);
    const refused = await ann.post('/api/suggest', { name: 'Suggested', website: 'https://example.org/' }).expect(422);
    expect(refused.body.error.fields).toEqual([{ field: 'website', code: 'invalid', message: 'This has to stay empty.' }]);
    expect((await ann.get('/api/genres?page_size=100').expect(200)).body.items.filter(({ name }: { name: string }) => name === 'Suggested')).toHaveLength(3);
  });

  it('asks the condition of a creation, and lists name only what may be named', async () => {
    const shelf = async (open: boolean) => (await ann.post('/api/shelves', { name: 'Basket', open }).expect(201)).body.id as string;
    const [open, closed] = [await shelf(true), await shelf(false)];
    const fill = (person: Person, ...ids: string[]) => person.post('/api/baskets', { pieces: 1, shelves: ids.map((id) => ({ shelf: id, count: 1 })) });
    await fill(ann, open).expect(201);
    expect((await fill(ann, open, closed).expect(409)).body.error.message).toBe('Not from a closed shelf.');
    // To bob there is no such shelf.
    expect((await fill(bob, open, closed).expect(422)).body.error.fields).toMatchObject([{ field: 'shelves.shelf', code: 'reference' }]);
    expect((await ann.get('/api/baskets').expect(200)).body.total).toBe(1);
  });

  it('seals what is encrypted, and tells nobody what it was', async () => {
    const sent = { name: 'Savings', iban: 'DE02120300000000202051', pin: 4711, opened_on: '2019-05-17', terms: { rate: 'GREENFIELD' }, answer: 'BLUEBIRD' };
    const made = (await ann.post('/api/accounts', sent).expect(201)).body;
    const { answer, ...shown } = sent;
    expect(made).toMatchObject(shown);
    expect(made).not.toHaveProperty('answer');
    const listed = (await bob.get('/api/accounts').expect(200)).body.items[0];
    expect(listed).toMatchObject({ iban: sent.iban, pin: 4711 });
    expect(listed).not.toHaveProperty('terms');

    const same = await ann.patch(`/api/accounts/${made.id}`, { iban: sent.iban }).expect(200);
    expect(same.body.row_version).toBe(made.row_version);
    await ann.post(`/api/accounts/${made.id}/transfer`, { iban: 'FR7630006000011234567890189' }).expect(200);
    expect((await ann.patch(`/api/accounts/${made.id}`, { pin: null }).expect(200)).body).toMatchObject({ iban: 'FR7630006000011234567890189', pin: null });
    await ann.post('/api/accounts', { ...sent, iban: 'short' }).expect(422);
    await ann.get('/api/accounts?opened_on=2019-05-17').expect(400);
    await ann.get('/api/accounts?sort=iban').expect(400);

    const rows = await app.rows<{ text: string }>('SELECT t::text AS text FROM accounts AS t UNION ALL SELECT o::text FROM system.outbox AS o');
    expect(rows.length).toBeGreaterThan(3);
    for (const text of [sent.iban, 'FR7630006000011234567890189', '4711', sent.opened_on, 'GREENFIELD', answer]) {
      expect(rows.filter((row) => row.text.includes(text))).toEqual([]);
    }
    const [row] = await app.rows<{ iban: string; pin: string | null }>('SELECT iban, pin FROM accounts');
    expect(row).toEqual({ iban: expect.stringMatching(/^local\.[\w-]{38,}$/), pin: null });
    await ann.delete(`/api/accounts/${made.id}`).expect(204);
  });
});
