import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { problem } from "../../support/server.ts";
import { toasts } from "../../../src/shared/ui/toasts.ts";
import { thing, things, thingsOf } from "../../support/things.tsx";
import { visit } from "../../support/visit.tsx";

const fine = { status: 200, body: {} };
const closed = problem(403, "email_unverified", "Confirm your e-mail address first.");
const taken = problem(409, "conflict", "Your e-mail address is confirmed already.");

test("who has not confirmed their address is led to where they can, and has the link sent again", async () => {
  const answers = { "GET /api/things": closed, "POST /api/resend-verification": fine };
  const { user, location } = await visit("/things?search=x", {
    collections: {},
    answers,
    extra: [things],
    signedIn: [],
  });
  await user.click(await screen.findByRole("button", { name: "Send the link again" }));
  expect((await screen.findByRole("status")).textContent).toBe("Another link is on its way.");
  expect(location()).toBe("/verify-email");
  expect(screen.getByText(/ann@example.com/u)).toBeTruthy();

  answers["POST /api/resend-verification"] = taken as typeof fine;
  await user.click(screen.getByRole("button", { name: "Send the link again" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Your e-mail address is confirmed already.");

  answers["GET /api/things"] = { status: 200, body: { items: [], total: 0 } } as unknown as typeof closed;
  await user.click(screen.getByRole("link", { name: "I have confirmed it" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Things" })).toBeTruthy();
  expect(location()).toBe("/things?search=x");
});

test("what is refused for it is not said a second time", async () => {
  const answers = { "POST /api/things/1/polish": closed };
  const { user, location } = await visit("/things", {
    collections: thingsOf([thing("1")]),
    answers,
    extra: [things],
    signedIn: [],
  });
  await user.click(await screen.findByRole("button", { name: "Actions for Thing 1" }));
  await user.click(await screen.findByRole("menuitem", { name: "Polish" }));
  await waitFor(() => expect(location()).toBe("/verify-email"));
  expect(toasts.current()).toEqual([]);
});

test("the link confirms the address, once, and its token leaves the address bar", async () => {
  const answers = { "POST /api/email-verifications/confirm": fine };
  const { server, location } = await visit("/verify-email#token=secret-of-the-mail", {
    collections: {},
    answers,
  });
  expect((await screen.findByRole("status")).textContent).toContain("Your e-mail address is confirmed.");
  await waitFor(() => expect(location()).toBe("/verify-email"));
  const sent = server.received.filter((request) => request.path === "/api/email-verifications/confirm");
  expect(sent.map((request) => request.body)).toEqual([{ token: "secret-of-the-mail" }]);
  expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
});

test("a link that is not good any more says so", async () => {
  const answers = { "POST /api/email-verifications/confirm": problem(404, "not_found", "Not found.") };
  await visit("/verify-email#token=used-already", { collections: {}, answers });
  expect((await screen.findByRole("alert")).textContent).toContain("This link is not good any more");
  expect(screen.getByText(/To get another one, sign in first/u)).toBeTruthy();
});
