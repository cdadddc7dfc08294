import { screen, waitFor } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";

import { createStore } from "../../../src/app/store.ts";
import { openSession } from "../../../src/features/authentication/session.ts";
import { client, onAccessToken, setAccessToken } from "../../../src/shared/api/client.ts";
import { destinationOf } from "../../../src/features/authentication/useSignIn.ts";
import { problem } from "../../support/server.ts";
import { visit } from "../../support/visit.tsx";

const answers = { "GET /api/guarded": { status: 200, body: { fine: true } } };

test("a stranger signs in and is told when the password is wrong", async () => {
  const { user, location } = await visit("/login", { collections: {} });
  await user.type(await screen.findByRole("textbox", { name: /^E-mail/u }), "ann@example.com");
  await user.type(screen.getByLabelText(/^Password/u), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toContain("E-mail address or password is wrong.");

  await user.clear(screen.getByLabelText(/^Password/u));
  await user.type(screen.getByLabelText(/^Password/u), "correct horse battery");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Welcome, Ann Example" })).toBeTruthy();
  expect(location()).toBe("/");
});

test("what the server refuses at registration stands beside its field", async () => {
  const { user } = await visit("/register", { collections: {} });
  await user.type(await screen.findByRole("textbox", { name: /^Name/u }), "Ann");
  await user.type(screen.getByRole("textbox", { name: /^E-mail/u }), "ann@example.com");
  await user.type(screen.getByLabelText(/^Password/u), "short");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  expect(await screen.findByText("Use at least 12 characters.")).toBeTruthy();
});

test("an expired token is renewed once for all requests, which are then repeated", async () => {
  const { server } = await visit("/", { collections: { things: { rows: [] } }, signedIn: [] });
  server.tokens.clear();
  const results = await Promise.all([client.get("/things"), client.get("/things"), client.get("/things")]);
  expect(results.map((result) => result.status)).toEqual([200, 200, 200]);
  expect(server.received.filter((request) => request.path === "/api/refresh")).toHaveLength(1);
  const renewal = server.received.find((request) => request.path === "/api/refresh");
  expect(renewal?.headers["x-token-transport"]).toBe("cookie");
});

test("a session that cannot be renewed ends", async () => {
  const { server } = await visit("/", { collections: { things: { rows: [] } }, answers, signedIn: [] });
  expect(await screen.findByRole("button", { name: "Account of Ann Example" })).toBeTruthy();
  server.tokens.clear();
  server.refreshable = false;
  setAccessToken("expired");
  await expect(client.get("/things")).rejects.toMatchObject({ status: 401, correlation: "test-correlation" });
  await waitFor(() => expect(screen.queryByRole("button", { name: "Account of Ann Example" })).toBeNull());
});

test("signing out forgets the session and leads to the sign-in page", async () => {
  const { user, server, location } = await visit("/", { collections: {}, signedIn: [] });
  await user.click(await screen.findByRole("button", { name: "Account of Ann Example" }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sign in" })).toBeTruthy();
  expect(location()).toBe("/login");
  expect(server.received.some((request) => request.path === "/api/logout")).toBe(true);
});

const renewed = {
  "POST /api/refresh": { status: 200, body: { tokens: { access_token: "renewed" } } },
  "GET /api/me": { status: 200, body: { user: { id: "person", display: "Ann Example" } } },
};

test("the renewal outlives a page that is left at once, and the next page waits for it", async () => {
  const sent = vi.spyOn(globalThis, "fetch");
  localStorage.setItem("session-open", "1");
  // What a page leaves behind that was left before the answer came.
  localStorage.setItem("session-renewal", String(Date.now()));
  const started = performance.now();
  await visit("/", { collections: {}, answers: renewed });
  expect(await screen.findByRole("button", { name: "Account of Ann Example" })).toBeTruthy();
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(sent.mock.calls[0]?.[0]).toMatchObject({ keepalive: true });
  expect(localStorage.getItem("session-renewal")).toBeNull();
});

test("nobody is signed out because the server does not answer", async () => {
  localStorage.setItem("session-open", "1");
  const broken = problem(503, "unavailable", "Come back later.");
  const unwell = { ...renewed, "GET /api/me": broken };
  await expect(visit("/", { collections: {}, answers: unwell })).rejects.toMatchObject({ status: 503 });
  expect(localStorage.getItem("session-open")).toBe("1");
});

test("whoever signs in while somebody else is signed in starts anew", async () => {
  const { server } = await visit("/", { collections: { things: { rows: [] } }, signedIn: [] });
  const store = createStore();
  const forgotten = vi.fn<(token: string | null) => void>();
  onTestFinished(onAccessToken(forgotten));
  await openSession(store, server.issue());
  expect(forgotten.mock.calls.map(([token]) => token)).toEqual([null, "token-2"]);
});

test("only pages of this application are returned to", () => {
  expect(destinationOf({ state: { from: "/samples?page=2" } })).toBe("/samples?page=2");
  for (const from of ["//evil.example", "/\\evil.example", "https://evil.example", 7, undefined]) {
    expect(destinationOf({ state: { from } })).toBe("/");
  }
});
