import { expect, test } from "vitest";

import {
  fromJsonText,
  fromLocalInput,
  idOf,
  optionalNumber,
  toJsonText,
  toLocalInput,
} from "../../src/shared/form/convert.ts";
import { formatRelative, initials } from "../../src/shared/format.ts";
import { pattern } from "../../src/shared/form/rules.ts";
import { toVisitor } from "../../src/shared/session/session.ts";

const now = new Date("2026-01-31T12:00:00Z");

test.each([
  ["2026-01-31T11:59:50Z", /now/u],
  ["2026-01-31T09:00:00Z", /3 hours ago/u],
  ["2026-01-31T12:30:00Z", /in 30 minutes/u],
  ["2026-01-29T12:00:00Z", /2 days ago/u],
  ["2025-01-29T12:00:00Z", /2025/u],
])("%s is told as a distance while it is near", (moment, shown) => {
  expect(formatRelative(moment, now)).toMatch(shown);
});

test("initials come from the first and the last name", () => {
  expect([initials("Ann Example Berg"), initials("bob"), initials(" ")]).toEqual(["AB", "B", "?"]);
});

test("what inputs hold and what travels fit one another", () => {
  expect(fromLocalInput(toLocalInput("2026-01-31T12:00:00.000Z"))).toBe("2026-01-31T12:00:00.000Z");
  expect(fromLocalInput("")).toBeNull();
  expect(fromJsonText(toJsonText({ a: 1 }))).toEqual({ a: 1 });
  expect([fromJsonText(" "), toJsonText(null), optionalNumber(""), idOf(null)]).toEqual([
    null,
    "",
    null,
    null,
  ]);
});

test("a pattern leaves blanks to `required`", () => {
  const rule = pattern(/^a+$/u, "Only a.");
  expect([rule(""), rule("aa"), rule("b")]).toEqual([undefined, undefined, "Only a."]);
});

test("where the server does not tell permissions, everything is offered", () => {
  const session = { userId: "1", name: "Ann", email: "", permissions: null };
  expect(toVisitor(session).can("anything")).toBe(true);
  expect(toVisitor({ ...session, permissions: ["a"] }).can("b")).toBe(false);
});
