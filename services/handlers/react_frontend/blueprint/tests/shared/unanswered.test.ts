import { expect, test } from "vitest";

import { keyOf, settle } from "../../src/shared/api/unanswered.ts";

test("a write keeps its key until it is answered, and another write has another", () => {
  const order = { url: "/orders", body: { items: [1] } };
  const key = keyOf(order);
  expect(keyOf({ url: "/orders", body: { items: [1] } })).toBe(key);
  expect(keyOf({ url: "/orders", body: { items: [2] } })).not.toBe(key);
  settle(order);
  expect(keyOf(order)).not.toBe(key);
});
