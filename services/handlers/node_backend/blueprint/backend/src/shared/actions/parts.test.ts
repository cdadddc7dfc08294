import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../../tests/support/app.ts';
import { Note, notes, startNotes } from '../../../tests/support/notes.ts';
import { callerOf } from '../policy/caller.ts';
import { replaceParts } from './parts.ts';
import { inTransaction } from './transaction.ts';

const origin = { correlation: 'test', address: null, userAgent: null };
const parts = { source: notes, model: Note, near: 'parent_id', create: `t.title NOT LIKE 'never%'`, remove: `NOT t.done` };

describe('the parts of a row', () => {
  const owner = randomUUID();
  const caller = callerOf({ userId: owner, sessionId: randomUUID(), roles: [], permissions: [] });
  let app: TestApp;
  let parent: Note;

  beforeAll(async () => {
    app = await startNotes();
    parent = await inTransaction(app.services, caller, origin, (unit) => unit.create(Note, { title: 'Parent', owner_id: owner }));
  });

  afterAll(() => app.close());

  const replace = (wanted: { title: string; body?: string }[] | null | undefined) =>
    inTransaction(app.services, caller, origin, (unit) =>
      replaceParts(unit, parts, parent, wanted?.map((part) => ({ ...part, owner_id: owner, parent_id: parent.id }))),
    );
  const there = () => app.rows<{ id: string; title: string }>('SELECT id, title FROM notes WHERE parent_id = :parent ORDER BY title', { parent: parent.id });

  it('become the whole set that is wanted, and those that are as they were stay', async () => {
    await replace([{ title: 'a', body: 'one' }, { title: 'b' }]);
    const [first, second] = await there();
    await replace([{ title: 'c' }, { title: 'a', body: 'one' }]);
    const [kept, added] = await there();
    expect(kept).toEqual(first);
    expect(added).toMatchObject({ title: 'c' });
    expect(added?.id).not.toBe(second?.id);
    await replace(undefined);
    await replace(null);
    expect(await there()).toHaveLength(2);
  });

  it('come and go only where the caller may add and remove them', async () => {
    const before = await there();
    await expect(replace([{ title: 'never this one' }])).rejects.toMatchObject({ status: 403 });
    expect(await there()).toEqual(before);
    await app.rows('UPDATE notes SET done = true WHERE parent_id = :parent RETURNING id', { parent: parent.id });
    await expect(replace([])).rejects.toMatchObject({ status: 403 });
  });
});
