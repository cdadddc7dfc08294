import { expect, test } from 'vitest';

test('one and one is two', () => {
  expect(1 + 1).toBe(2);
});
