import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { features } from "../../src/features/index.ts";
import { visit } from "../support/visit.tsx";

const routes = features.flatMap((feature) => feature.routes).map((route) => ({ route, path: route.path }));
const stranger = { signedIn: false, id: null, can: () => false };

test.each(routes)("$path opens for those who may see it", async ({ path, route }) => {
  const signedIn = route.layout === "bare" ? {} : { signedIn: null };
  await visit(path.replace(":id", "none"), { collections: {}, anything: true, ...signedIn });
  const heading = await screen.findByRole("heading", { level: 1 });
  expect(heading.textContent).not.toBe("");
  expect(screen.queryByText("You have no access to this page")).toBeNull();
  expect(screen.queryByText("Something went wrong")).toBeNull();
  expect(document.title).toContain(heading.textContent);
});

const guarded = routes.filter(({ route }) => !route.access(stranger));

test.runIf(guarded.length > 0).each(guarded)("$path is not for strangers", async ({ path }) => {
  const { server } = await visit(path.replace(":id", "none"), { collections: {}, anything: true });
  const heading = await screen.findByRole("heading", { level: 1 });
  expect(["Sign in", "No access"]).toContain(heading.textContent);
  expect(server.received.filter((request) => request.path !== "/api/refresh")).toEqual([]);
});
