import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { knownPerson, notePerson, notes, startNotes } from '../../../tests/support/notes.ts';
import { defineFeature } from '../feature.ts';
import type { Signal } from '../live.ts';
import { signalOperation } from './signal.ts';

const heard: Signal[] = [];
const source = { ...notes, can: { typing: { by: 't.owner_id = :actorId', if: [{ sql: `t.title <> 'closed'`, message: 'It is closed.' }] } } };
const routes = Router();
routes.post('/api/notes/:id/typing', signalOperation({ name: 'Note.typing', source, rule: 'typing' }));
const ear = { name: 'ear', attach: () => ({ live: { signal: async (signal: Signal) => void heard.push(signal) } }) };

describe('a signal', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'signals', routers: [routes], capabilities: [ear] }));
  });

  afterAll(() => app.close());

  it('tells who does it at which row, where that is possible and allowed', async () => {
    const me = randomUUID();
    const ann = knownPerson(app, me);
    const { id } = (await ann.post('/api/notes', { title: 'open' }).expect(201)).body;
    expect((await ann.post(`/api/notes/${id}/typing`).expect(200)).body).toEqual({});
    expect(heard).toEqual([{ name: 'Note.typing', model: 'Note', id, actorId: me }]);
    await notePerson(app).post(`/api/notes/${id}/typing`).expect(403);
    await app.stranger().post(`/api/notes/${id}/typing`).expect(404);
    await ann.post(`/api/notes/${id}/typing`, { much: true }).expect(422);
    await ann.post(`/api/notes/${randomUUID()}/typing`).expect(404);
    const closed = (await ann.post('/api/notes', { title: 'closed' }).expect(201)).body.id;
    expect((await ann.post(`/api/notes/${closed}/typing`).expect(409)).body.error.message).toBe('It is closed.');
    expect(heard).toHaveLength(1);
  });
});
