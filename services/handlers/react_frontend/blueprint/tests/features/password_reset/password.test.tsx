import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { limited, problem } from "../../support/server.ts";
import { visit } from "../../support/visit.tsx";

const fine = { status: 200, body: {} };

test("who forgot their password asks for a link, and is told the same whatever the address", async () => {
  const answers = { "POST /api/forgot-password": fine };
  const { user, server } = await visit("/login", { collections: {}, answers });
  await user.click(await screen.findByRole("link", { name: "Forgot your password?" }));
  await user.click(await screen.findByRole("button", { name: "Send the link" }));
  expect(await screen.findByText("Enter your e-mail address.")).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: /^E-mail/u }), "nobody@example.com");
  await user.click(screen.getByRole("button", { name: "Send the link" }));
  expect((await screen.findByRole("status")).textContent).toContain("If nobody@example.com has an account");
  expect(server.received.at(-1)?.body).toEqual({ email: "nobody@example.com" });
});

test("who asks too often is told how long to wait", async () => {
  const answers = { "POST /api/forgot-password": limited(42) };
  const { user } = await visit("/forgot-password", { collections: {}, answers });
  await user.type(await screen.findByRole("textbox", { name: /^E-mail/u }), "ann@example.com");
  await user.click(screen.getByRole("button", { name: "Send the link" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Too many requests. Try again in 42 seconds.");
});

test("the link's token leaves the address at once, and sets a new password", async () => {
  const refused = problem(422, "validation_failed", "Some entries are not right.", [
    { field: "password", code: "length", message: "Use at least 12 characters." },
  ]);
  const answers = { "POST /api/password-resets/confirm": refused };
  const visited = await visit("/reset-password#token=secret-of-the-mail", {
    collections: {},
    answers,
    signedIn: [],
  });
  const { user, server, location } = visited;
  await waitFor(() => expect(location()).toBe("/reset-password"));
  await user.type(await screen.findByLabelText(/^New password/u), "short");
  await user.click(screen.getByRole("button", { name: "Change the password" }));
  expect(await screen.findByText("Use at least 12 characters.")).toBeTruthy();

  answers["POST /api/password-resets/confirm"] = fine as typeof refused;
  await user.type(screen.getByLabelText(/^New password/u), " horse battery");
  await user.click(screen.getByRole("button", { name: "Change the password" }));
  expect((await screen.findByRole("status")).textContent).toContain("Your password was changed.");
  expect(server.received.at(-1)?.body).toEqual({
    token: "secret-of-the-mail",
    password: "short horse battery",
  });
  await user.click(screen.getByRole("link", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sign in" })).toBeTruthy();
});

test("a link that was used leads to a new one", async () => {
  const answers = { "POST /api/password-resets/confirm": problem(404, "not_found", "Not found.") };
  const { user } = await visit("/reset-password#token=used-already", { collections: {}, answers });
  await user.type(await screen.findByLabelText(/^New password/u), "correct horse battery");
  await user.click(screen.getByRole("button", { name: "Change the password" }));
  expect((await screen.findByRole("alert")).textContent).toContain("This link is not good any more");
  await user.click(screen.getByRole("link", { name: "Send a new link" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Forgot your password?" })).toBeTruthy();
});
