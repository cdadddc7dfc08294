import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from './support/app.ts';
import { notePerson, startNotes } from './support/notes.ts';
import type { Person } from './support/person.ts';

describe('times in filters', () => {
  let app: TestApp;
  let ann: Person;

  beforeAll(async () => {
    app = await startNotes();
    ann = notePerson(app);
  });

  afterAll(() => app.close());

  it('stand for the millisecond that was shown, whichever parts of it are kept', async () => {
    const { id, created_at: shown } = (await ann.post('/api/notes', { title: 'Timed' }).expect(201)).body;
    const found = async (operator: string): Promise<boolean> => {
      const query = new URLSearchParams({ [`created_at${operator}`]: shown });
      return (await ann.get(`/api/notes?${query}`).expect(200)).body.items.some((note: { id: string }) => note.id === id);
    };
    for (const part of ['0 microseconds', '1 microsecond', '500 microseconds', '999 microseconds']) {
      await app.services.database.query(`UPDATE notes SET created_at = date_trunc('milliseconds', created_at) + interval '${part}'`);
      expect(await Promise.all(['', '[in]', '[lte]', '[gte]'].map(found))).toEqual([true, true, true, true]);
      expect(await Promise.all(['[ne]', '[lt]', '[gt]'].map(found))).toEqual([false, false, false]);
    }
  });
});
