import { expect, test } from "vitest";

import { formatBrief, formatDay } from "../../../../src/features/real_time_chat/names.ts";

const now = new Date(2026, 0, 31, 18, 0);

test("days are called by what they are to the reader", () => {
  expect(formatDay(new Date(2026, 0, 31, 8, 0).toISOString(), now)).toBe("Today");
  expect(formatDay(new Date(2026, 0, 30, 23, 0).toISOString(), now)).toBe("Yesterday");
  expect(formatDay(new Date(2024, 5, 1).toISOString(), now)).toContain("2024");
});

test("what is of today is told by the hour, what is older by the day", () => {
  expect(formatBrief(new Date(2026, 0, 31, 8, 5).toISOString(), now)).toContain("08:05");
  expect(formatBrief(new Date(2026, 0, 2, 8, 5).toISOString(), now)).toContain("2");
});
