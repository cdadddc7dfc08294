import { expect, it } from 'vitest';
import { byColumn } from './validate.ts';

it('what was sent stands in its columns, and what was left out in none that is known', () => {
  const columns = { from_value: 'from', count: 'count', species_id: 'species' } as const;
  const input: { from?: string | null; count: number; species?: string; other: boolean } = { from: null, count: 3, other: true };
  expect(byColumn(input, columns)).toEqual({ from_value: null, count: 3 });
});
