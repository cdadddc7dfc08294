import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { problem, type TestServerOptions } from "../../support/server.ts";
import { visit } from "../../support/visit.tsx";

const check = (state: string, required: boolean, milliseconds: number | null) => ({
  name: required ? "database" : "cache",
  state,
  required,
  milliseconds,
});

function open(answers: TestServerOptions["answers"]) {
  return visit("/admin/health", { collections: {}, answers, signedIn: ["health.read"] });
}

test("what works and what is down is told, again when asked", async () => {
  const answers: TestServerOptions["answers"] = {
    "GET /api/ready": { status: 200, body: { status: "ok", checks: [check("up", true, 2)] } },
  };
  const { user } = await open(answers);
  expect(await screen.findByText("Everything works")).toBeTruthy();
  expect(screen.getByText("required · 2 ms")).toBeTruthy();

  const failing = { status: "failing", checks: [check("down", true, null), check("up", false, 1)] };
  answers["GET /api/ready"] = { status: 503, body: failing };
  await user.click(screen.getByRole("button", { name: "Ask now" }));
  expect(await screen.findByText("Something is down")).toBeTruthy();
  expect(screen.getByText("optional · 1 ms")).toBeTruthy();
});

test("a server that gives no such answer is told as an error", async () => {
  await open({ "GET /api/ready": problem(404, "not_found", "There is nothing here.") });
  expect(await screen.findByText("There is nothing here.")).toBeTruthy();
});

test("an answer without checks is no answer", async () => {
  await open({ "GET /api/ready": { status: 200, body: { status: "ok" } } });
  expect(await screen.findByText("This could not be loaded")).toBeTruthy();
});
