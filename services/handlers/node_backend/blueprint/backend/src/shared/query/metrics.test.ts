import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { notePerson, notes, startNotes } from '../../../tests/support/notes.ts';
import type { Person } from '../../../tests/support/person.ts';
import { defineFeature } from '../feature.ts';
import { type Metric, metricOperation } from './metrics.ts';

const parent = `(SELECT json_build_object('id', r.id, 'display', r.title) FROM notes AS r WHERE r.id = t.parent_id)::jsonb`;
const count = `count(*)::float8`;
const metrics: Readonly<Record<string, Metric>> = {
  count: { value: count },
  red: { value: count, where: `t.colour = 'red'` },
  price: { value: `round(coalesce(sum(t.price), 0), 2)` },
  average: { value: `round(avg(t.pages), 4)` },
  colours: { value: count, by: `t.colour` },
  parents: { value: count, by: parent },
  done: { value: count, by: `t.done` },
  titles: { value: count, by: `t.title` },
  made: { value: count, over: { column: 't.created_at', type: 'timestamp' } },
  due: { value: `coalesce(sum(t.pages), 0)::float8`, by: `t.colour`, over: { column: 't.due', type: 'date' } },
};
const routes = Router();
for (const [key, metric] of Object.entries(metrics)) {
  routes.get(`/api/metrics/${key}`, metricOperation({ name: `metrics.${key}`, by: (caller) => caller.signedIn, source: notes, metric }));
}

describe('metrics', () => {
  let app: TestApp;
  let ann: Person;
  let bob: Person;
  const ask = async (person: Person, path: string) => (await person.get(`/api/metrics/${path}`).expect(200)).body;

  beforeAll(async () => {
    app = await startNotes({}, defineFeature({ name: 'metrics', routers: [routes] }));
    [ann, bob] = [notePerson(app), notePerson(app)];
  });

  afterAll(() => app.close());

  it('have one number where there are no rows, and no group', async () => {
    expect(await ask(ann, 'count')).toEqual({ items: [{ value: 0 }], more: false });
    expect(await ask(ann, 'price')).toEqual({ items: [{ value: '0.00' }], more: false });
    expect(await ask(ann, 'average')).toEqual({ items: [{ value: null }], more: false });
    expect(await ask(ann, 'colours')).toEqual({ items: [], more: false });
    expect(await ask(ann, 'made')).toEqual({ items: [], more: false });
  });

  it('count what the caller may see, in groups of which one may be that of nothing', async () => {
    const first = (await ann.post('/api/notes', { title: 'First', price: '0.10', pages: 1 }).expect(201)).body;
    await ann.post('/api/notes', { title: 'Second', price: '0.20', pages: 2, colour: 'green', parent: first.id }).expect(201);
    const third = (await ann.post('/api/notes', { title: 'Third', price: '12.00', parent: first.id }).expect(201)).body;
    await app.rows('UPDATE notes SET done = true WHERE id = :id RETURNING id', { id: third.id });

    expect((await ask(ann, 'count')).items).toEqual([{ value: 3 }]);
    expect((await ask(bob, 'count')).items).toEqual([{ value: 2 }]);
    expect((await ask(ann, 'red')).items).toEqual([{ value: 2 }]);
    expect((await ask(ann, 'price')).items).toEqual([{ value: '12.30' }]);
    expect((await ask(bob, 'price')).items).toEqual([{ value: '0.30' }]);
    expect((await ask(ann, 'average')).items).toEqual([{ value: '1.5000' }]);
    expect((await ask(ann, 'colours')).items).toEqual([{ by: 'red', value: 2 }, { by: 'green', value: 1 }]);
    expect((await ask(ann, 'parents')).items).toEqual([{ by: { id: first.id, display: 'First' }, value: 2 }, { by: null, value: 1 }]);
    expect((await ask(bob, 'done')).items).toEqual([{ by: false, value: 2 }]);
    await app.stranger().get('/api/metrics/count').expect(401);
  });

  it('go by steps of time, between days that are both meant', async () => {
    const days = [['First', '2026-01-31'], ['Second', '2026-02-01'], ['Third', '2026-02-28']] as const;
    for (const [title, due] of days) {
      await app.rows('UPDATE notes SET due = :due::date, created_at = :at::timestamptz WHERE title = :title RETURNING id', { title, due, at: `${due}T23:30:00Z` });
    }
    const made = async (query: string) => (await ask(ann, `made?${query}`)).items;
    expect(await made('')).toEqual(days.map(([, over]) => ({ over, value: 1 })));
    expect(await made('step=month')).toEqual([{ over: '2026-01-01', value: 1 }, { over: '2026-02-01', value: 2 }]);
    expect(await made('step=week')).toEqual([{ over: '2026-01-26', value: 2 }, { over: '2026-02-23', value: 1 }]);
    expect(await made('from=2026-02-01&to=2026-02-28')).toHaveLength(2);
    expect(await made('from=2026-02-02&to=2026-02-27')).toEqual([]);
    expect((await ask(ann, 'due?step=month&to=2026-02-01')).items).toEqual([
      { over: '2026-01-01', by: 'red', value: 1 },
      { over: '2026-02-01', by: 'green', value: 2 },
    ]);
  });

  it.each([
    ['count?step=day', 'step'],
    ['made?step=year', 'step'],
    ['made?from=yesterday', 'from'],
    ['made?to=2026-02-30', 'to'],
    ['made?page=1', 'page'],
    ['made?constructor=1', 'constructor'],
  ])('refuse %s', async (path, field) => {
    const answer = await ann.get(`/api/metrics/${path}`).expect(400);
    expect(answer.body.error.fields).toMatchObject([{ field }]);
  });

  it('are bounded, and keep the newest steps whole', async () => {
    const owner = ann.me.id;
    await app.rows(
      `INSERT INTO notes (owner_id, title, created_at, due, colour)
       SELECT :owner, 'Note ' || n, timestamptz '2020-01-01Z' + n * interval '1 day', date '2020-01-01' + n / 2, n::text FROM generate_series(1, 600) AS n RETURNING id`,
      { owner },
    );
    expect(await ask(ann, 'titles')).toMatchObject({ more: true, items: { length: 500 } });
    const made = await ask(ann, 'made');
    expect(made.more).toBe(true);
    expect(made.items.at(-1)).toEqual({ over: '2026-02-28', value: 1 });
    expect(made.items).toHaveLength(499);
    const due = await ask(ann, 'due?to=2020-12-31');
    expect(new Set(due.items.map(({ over }: { over: string }) => over)).size * 2).toBeGreaterThanOrEqual(due.items.length);
    expect(due.items[0].over).toBe(due.items[1].over);
  });
});
