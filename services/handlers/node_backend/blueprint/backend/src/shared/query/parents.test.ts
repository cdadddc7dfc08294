import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { Note, notePerson, notes, startNotes } from '../../../tests/support/notes.ts';
import type { Person } from '../../../tests/support/person.ts';
import { createOperation, listOperation, readOperation, rowOperation } from '../actions/rows.ts';
import { defineFeature } from '../feature.ts';
import { ownerOf } from '../policy/caller.ts';
import * as input from '../validate.ts';
import { parents } from './parents.ts';

const source = { ...notes, parents: parents({ parent_id: { table: 'notes', read: notes.read, column: 'parent_id' } }) };
const schema = input.object<{ title: string }>({ title: input.text(1, 200).required() });
const routes = Router();
routes.get('/api/notes/:parent_id/children', listOperation({ name: 'Child.list', source }));
routes.get('/api/notes/:parent_id/children/:id', readOperation({ name: 'Child.read', source }));
routes.post(
  '/api/notes/:parent_id/children',
  createOperation({
    name: 'Child.create',
    source,
    path: '/api/notes',
    within: 'parent_id',
    input: schema,
    by: (caller) => caller.signedIn,
    run: (unit, { title }, parent) => unit.insert(Note, { parent_id: parent, title, owner_id: ownerOf(unit.caller) }),
  }),
);
routes.patch(
  '/api/notes/:parent_id/children/:id',
  rowOperation({
    name: 'Child.update',
    source,
    model: Note,
    rule: 'update',
    event: 'updated',
    input: schema,
    run: async (unit, row, { title }) => void (await unit.set(row, { title })),
  }),
);

describe('an address below another row', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'children', routers: [routes] }));
    [ann, bob] = [notePerson(app), notePerson(app)];
  });

  afterAll(() => app.close());

  const write = async () => (await ann.post('/api/notes', { title: randomUUID() }).expect(201)).body.id as string;

  it('names the parent of a new row, and the rows of one parent', async () => {
    const [parent, other] = [await write(), await write()];
    const child = (await ann.post(`/api/notes/${parent}/children`, { title: 'A child' }).expect(201)).body;
    expect(child.parent.id).toBe(parent);
    expect((await ann.get(`/api/notes/${parent}/children`).expect(200)).body).toMatchObject({ total: 1, items: [{ id: child.id }] });
    expect((await ann.get(`/api/notes/${other}/children`).expect(200)).body.total).toBe(0);
    await ann.get(`/api/notes/${parent}/children/${child.id}`).expect(200);
    await ann.get(`/api/notes/${other}/children/${child.id}`).expect(404);
    await ann.patch(`/api/notes/${other}/children/${child.id}`, { title: 'Moved' }).expect(404);
    expect((await ann.patch(`/api/notes/${parent}/children/${child.id}`, { title: 'Grown' }).expect(200)).body.title).toBe('Grown');
  });

  it('is unknown where the parent is, or may not be seen', async () => {
    const parent = await write();
    await ann.get(`/api/notes/${randomUUID()}/children`).expect(404);
    await ann.get('/api/notes/no-id/children').expect(404);
    await ann.post('/api/notes/no-id/children', { title: 'x' }).expect(404);
    await app.rows('UPDATE notes SET done = true WHERE id = :parent RETURNING id', { parent });
    await bob.get(`/api/notes/${parent}/children`).expect(404);
    await bob.post(`/api/notes/${parent}/children`, { title: 'x' }).expect(404);
  });
});
