import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { createRoutes } from "../../../src/app/routes.tsx";
import { features } from "../../../src/features/index.ts";
import { visit } from "../../support/visit.tsx";

const guarded = features
  .flatMap((feature) => feature.routes)
  .find((route) => !route.access(strangerVisitor()));

function strangerVisitor() {
  return { signedIn: false, id: null, can: () => false };
}

test.runIf(guarded !== undefined)("a stranger is sent to sign in and comes back afterwards", async () => {
  const wanted = (guarded?.path ?? "/").replace(":id", "one");
  const { user, location } = await visit(`${wanted}?search=x`, {
    collections: {},
    person: {
      email: "ann@example.com",
      password: "correct horse battery",
      name: "Ann Example",
      permissions: ["users.read", "users.manage", "roles.read", "roles.manage", "audit.read", "health.read"],
    },
  });
  expect(await screen.findByRole("heading", { level: 1, name: "Sign in" })).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: /^E-mail/u }), "ann@example.com");
  await user.type(screen.getByLabelText(/^Password/u), "correct horse battery");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("button", { name: "Account of Ann Example" });
  expect(location()).toBe(`${wanted}?search=x`);
});

test("every feature's page has an address of its own", () => {
  const paths = features.flatMap((feature) => feature.routes).map((route) => route.path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(createRoutes(features)).toHaveLength(1);
});
