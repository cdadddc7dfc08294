import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { Note, notePerson, notes, startNotes } from '../../../tests/support/notes.ts';
import type { Person } from '../../../tests/support/person.ts';
import { defineFeature } from '../feature.ts';
import { ownerOf } from '../policy/caller.ts';
import * as input from '../validate.ts';
import { deleteSingleOperation, putOperation, readSingleOperation } from './single.ts';

/** The one note of a caller under a title. */
const at = `t.owner_id = :actorId AND t.title = :at_title`;
const by = (caller: { signedIn: boolean }) => caller.signedIn;
const schema = input.object<{ title: string; body?: string; pages?: number }>({
  title: input.text(1, 200).required(),
  body: input.text(0, 20),
  pages: input.integer(0),
});
const routes = Router();
const absent = (caller: string | null, { title }: Readonly<Record<string, string>>) => ({ owner_id: caller, title, colour: 'green', done: title === 'hidden' });
routes.get('/api/my-notes/:title', readSingleOperation({ name: 'MyNote.read', source: { ...notes, read: `(${notes.read}) AND t.title <> 'hidden'` }, at, absent, by }));
routes.put(
  '/api/my-notes/:title',
  putOperation({
    name: 'MyNote.put',
    source: notes,
    input: schema,
    by,
    guards: [{ sql: `t.title <> 'Not now'`, message: 'Not now.' }],
    run: (unit, given) => unit.put(Note, ['owner_id', 'title'], { ...given, owner_id: ownerOf(unit.caller) }),
  }),
);
routes.delete('/api/my-notes/:title', deleteSingleOperation({ name: 'MyNote.delete', source: notes, at, model: Note, by }));
const kept = { ...notes, can: {} };
routes.delete('/api/kept-notes/:title', deleteSingleOperation({ name: 'KeptNote.delete', source: kept, at, model: Note, by }));

describe('the one row of a key', () => {
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'my_notes', routers: [routes] }));
    ann = notePerson(app);
  });

  afterAll(() => app.close());

  it('has defaults until it is there, then what was put', async () => {
    expect((await ann.get('/api/my-notes/plans').expect(200)).body).toMatchObject({ id: null, created_at: null, title: 'plans', colour: 'green' });
    const put = await ann.put('/api/my-notes/plans', { body: 'Sleep' }).expect(200);
    expect(put.body).toMatchObject({ title: 'plans', body: 'Sleep', colour: 'red' });
    expect((await ann.put('/api/my-notes/plans', { pages: 2 }).expect(200)).body).toMatchObject({ id: put.body.id, body: 'Sleep', pages: 2 });
    expect((await ann.get('/api/my-notes/plans').expect(200)).body.id).toBe(put.body.id);
    await ann.delete('/api/my-notes/plans').expect(204);
    await ann.delete('/api/my-notes/plans').expect(404);
    expect((await ann.get('/api/my-notes/plans').expect(200)).body.id).toBeNull();
  });

  it('is one row, even if several are put at once', async () => {
    const answers = await Promise.all([1, 2, 3].map((pages) => ann.put('/api/my-notes/race', { pages }).expect(200)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is refused what a field does not take, what a guard forbids, and what no column could hold', async () => {
    await ann.put('/api/my-notes/plans', { nonsense: 1 }).expect(422);
    const twice = await ann.put('/api/my-notes/plans', { title: 'plans' }).expect(422);
    expect(twice.body.error.fields).toEqual([{ field: 'title', code: 'unknown', message: 'There is no such field.' }]);
    expect((await ann.put('/api/my-notes/Not%20now', {}).expect(409)).body.error.message).toBe('Not now.');
    await ann.get('/api/my-notes/a%00b').expect(404);
    await ann.get(`/api/my-notes/${'x'.repeat(201)}`).expect(404);
    await ann.get('/api/my-notes/hidden').expect(404);
    await ann.put('/api/my-notes/kept', {}).expect(200);
    await ann.delete('/api/kept-notes/kept').expect(403);
    await app.stranger().get('/api/my-notes/plans').expect(401);
  });
});
