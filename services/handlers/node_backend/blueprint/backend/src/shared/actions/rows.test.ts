import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { Note, notePerson, notes, startNotes } from '../../../tests/support/notes.ts';
import type { Person } from '../../../tests/support/person.ts';
import { defineFeature } from '../feature.ts';
import { ownerOf } from '../policy/caller.ts';
import * as input from '../validate.ts';
import { createOperation, rowOperation } from './rows.ts';

/** Notes that are seen while they are red. */
const source = { ...notes, read: `t.colour = 'red'` };
const by = (caller: { signedIn: boolean }) => caller.signedIn;
const schema = input.object<{ title?: string; colour?: string }>({ title: input.text(1, 200), colour: input.choice('red', 'green') });
const routes = Router();
routes.post(
  '/api/red-notes',
  createOperation({
    name: 'RedNote.create',
    source,
    path: '/api/red-notes',
    input: schema,
    by,
    run: (unit, { title = '', colour }) => unit.insert(Note, { title, colour, owner_id: ownerOf(unit.caller) }),
  }),
);
routes.post(
  '/api/single-notes',
  createOperation({
    name: 'SingleNote.create',
    source,
    path: '/api/red-notes',
    input: schema,
    by,
    idempotencyRequired: true,
    run: (unit, { title = '' }) => unit.insert(Note, { title, owner_id: ownerOf(unit.caller) }),
  }),
);
routes.patch(
  '/api/red-notes/:id',
  rowOperation({ name: 'RedNote.update', source, model: Note, rule: 'update', event: 'updated', input: schema, by, run: async (unit, row, given) => void (await unit.set(row, given)) }),
);

describe('a row that its writer may not see', () => {
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'red_notes', routers: [routes] }));
    ann = notePerson(app);
  });

  afterAll(() => app.close());

  it('is answered whole to who made it', async () => {
    const made = await ann.post('/api/red-notes', { title: 'Green', colour: 'green' }).expect(201);
    expect(made.body).toMatchObject({ title: 'Green', colour: 'green', can: [] });
    expect(made.headers.location).toBe(`/api/red-notes/${made.body.id}`);
    await ann.patch(`/api/red-notes/${made.body.id}`, {}).expect(404);
  });

  it('is made once for its key, where one is required', async () => {
    await ann.post('/api/single-notes', { title: 'Single' }).expect(400);
    const answers = await Promise.all([1, 2].map(() => ann.post('/api/single-notes', { title: 'Single' }).set('Idempotency-Key', 'one-key-for-both').expect(201)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('is not answered to who moved it out of sight', async () => {
    const made = await ann.post('/api/red-notes', { title: 'Red' }).expect(201);
    expect((await ann.patch(`/api/red-notes/${made.body.id}`, { title: 'Still red' }).expect(200)).body.title).toBe('Still red');
    const gone = await ann.patch(`/api/red-notes/${made.body.id}`, { colour: 'green' }).expect(204);
    expect(gone.text).toBe('');
    await ann.patch(`/api/red-notes/${made.body.id}`, { colour: 'red' }).expect(404);
  });
});
