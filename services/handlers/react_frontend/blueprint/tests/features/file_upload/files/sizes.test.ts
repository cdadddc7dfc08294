import { expect, test } from "vitest";

import { formatSize, formatType } from "../../../../src/shared/files/sizes.ts";

test.each([
  [0, "0 bytes"],
  [1536, "1.5 kB"],
  [5 * 1024 ** 2, "5 MB"],
])("%d bytes are told as people say it", (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test("types are called as people call them", () => {
  expect(formatType("application/pdf")).toBe("PDF");
  expect(formatType("application/x-tar")).toBe("tar");
});
