import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { StartFailure } from "../../src/app/pages/StartFailure.tsx";
import { formatWait } from "../../src/shared/format.ts";
import { limited } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

test("a page that asked too often says how long it waits, and goes on by itself", async () => {
  const answers: Record<string, ReturnType<typeof limited>> = { "GET /api/things": limited(1) };
  await visit("/things", { collections: thingsOf([thing("1")]), answers, extra: [things], signedIn: [] });
  expect(await screen.findByText("Too many requests")).toBeTruthy();
  expect(screen.getByRole("timer").textContent).toContain("in 1 second");
  delete answers["GET /api/things"];
  expect(await screen.findByText("Thing 1")).toBeTruthy();
});

test("an application that asked too often while it started says so, and starts again", async () => {
  const again = vi.fn<() => void>();
  const error = { code: "rate_limited", status: 429, message: "", fields: [], retryAfter: 0.05 };
  render(<StartFailure error={error} onRetry={again} />);
  expect(screen.getByText("Too many requests")).toBeTruthy();
  await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(1));
});

test("waits are told in the unit that suits them", () => {
  expect(formatWait(20)).toBe("in 20 seconds");
  expect(formatWait(600)).toBe("in 10 minutes");
  expect(formatWait(7200)).toBe("in 2 hours");
});
