import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { decimalNumber, emailAddress, length, required, wholeNumber } from "../../src/shared/form/rules.ts";
import { changesOf, useForm, withoutBlanks } from "../../src/shared/form/useForm.ts";

test("only what changed is sent", () => {
  expect(changesOf({ title: "a", tags: ["x"] }, { title: "a", tags: ["x", "y"] })).toEqual({
    tags: ["x", "y"],
  });
});

test("of a new row the server fills what was left empty, and the default of what not everybody may write", () => {
  const blank = { title: "", note: null, size: 1, priority: "normal" };
  const send = (priority: string) => withoutBlanks({ ...blank, title: "a", priority }, blank, ["priority"]);
  expect(send("normal")).toEqual({ title: "a", size: 1 });
  expect(send("high")).toEqual({ title: "a", size: 1, priority: "high" });
});

test("what somebody else saved is taken over, but for the fields changed here", () => {
  const { result } = renderHook(() => useForm({ title: "old", note: "old" }, {}));
  act(() => result.current.set("title", "mine"));
  act(() => result.current.rebase({ title: "theirs", note: "theirs" }));
  expect(result.current.values).toEqual({ title: "mine", note: "theirs" });
  expect(result.current.dirty).toBe(true);
});

test("the server's complaints go to their fields, and the rest comes back", () => {
  const { result } = renderHook(() => useForm({ title: "", roles: [] as string[] }, {}));
  let homeless: unknown[] = [];
  act(() => {
    homeless = result.current.refuse([
      { field: "roles.0", code: "unknown", message: "No such role." },
      { field: "hidden", code: "x", message: "Elsewhere." },
    ]);
  });
  expect(result.current.errors).toEqual({ roles: "No such role." });
  expect(homeless).toHaveLength(1);
});

test.each([
  [required(), "  ", true],
  [required(), [], true],
  [length(2, 3), "abcd", true],
  [length(2, 3), "", false],
  [length(1, 2), "😀😀", false],
  [emailAddress(), "no", true],
  [wholeNumber(0, 10), "11", true],
  [wholeNumber(0, 10), "1.5", true],
  [wholeNumber(0, 10), "10", false],
  [decimalNumber(6, 2), "12.345", true],
  [decimalNumber(6, 2), "-1234.50", false],
])("rule %#", (rule, value, refused) => {
  expect((rule as (value: unknown) => string | undefined)(value) !== undefined).toBe(refused);
});
