import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { notePerson, startNotes } from '../../../tests/support/notes.ts';
import { defineFeature } from '../feature.ts';
import { gate } from './gates.ts';

const gates = [
  gate({ name: 'first note', open: 'EXISTS (SELECT 1 FROM notes)', allow: ['Note.create'], status: 403, code: 'no_notes', message: 'Write a note.' }),
  gate({ name: 'known', open: ':signedIn', allow: [], status: 401, code: 'unknown', message: 'Who is there?' }),
];

describe('gates', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'gates', gates }));
  });

  afterAll(() => app.close());

  it('refuse everything but what opens them, and are asked in their order', async () => {
    const ann = notePerson(app);
    const refused = await ann.get('/api/notes').expect(403);
    expect(refused.body.error).toMatchObject({ code: 'no_notes', message: 'Write a note.' });
    // The first gate that is closed decides: it lets this through, and the stranger gets as far as the operation itself.
    expect((await app.stranger().post('/api/notes', { title: 'x' }).expect(401)).body.error.code).toBe('unauthenticated');
    await ann.post('/api/notes', { title: 'The first' }).expect(201);
    await ann.get('/api/notes').expect(200);
    expect((await app.stranger().get('/api/notes').expect(401)).body.error.code).toBe('unknown');
  });

  it('stay open for a moment to whom they were opened', async () => {
    await app.stranger().get('/api/notes').expect(401);
    await app.rows('DELETE FROM notes RETURNING id');
    expect((await app.stranger().get('/api/notes').expect(401)).body.error.code).toBe('unknown');
    await notePerson(app).get('/api/notes').expect(403);
  });
});
