import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { problem, type TestServerOptions } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

function open(members: Record<string, unknown>, options: Partial<TestServerOptions> = {}) {
  const collections = thingsOf([thing("1", members)]);
  return visit("/things/1", { collections, extra: [things], signedIn: [], ...options });
}

const shown = (label: string) => screen.getByText(label, { selector: "dt" }).nextElementSibling;

test("each kind of value is shown as people read it", async () => {
  await open({
    kind: "square",
    price: "12.50",
    owner: { id: "2", display: "Bob" },
    tags: [
      { id: "2", display: "One tag" },
      { id: "3", display: "Another" },
    ],
    note: "two\nlines",
    due: "2026-01-31",
    at: "2026-01-31T12:00:00.000Z",
    data: { a: [1] },
    link: "https://example.com/",
  });
  await screen.findByRole("heading", { level: 1, name: "Thing 1" });
  expect(shown("Kind")?.textContent).toBe("Square");
  expect(shown("Price")?.textContent).toBe("12.50");
  expect(screen.getByRole("link", { name: "Bob" }).getAttribute("href")).toBe("/things/2");
  expect(shown("Tags")?.textContent).toBe("One tag+1");
  expect(shown("Note")?.textContent).toBe("two\nlines");
  expect(shown("Due")?.querySelector("time")?.dateTime).toBe("2026-01-31");
  expect(shown("At")?.querySelector("time")?.dateTime).toBe("2026-01-31T12:00:00.000Z");
  expect(shown("Data")?.textContent).toContain('"a"');
  expect(screen.getByRole("link", { name: "https://example.com/" }).getAttribute("rel")).toContain(
    "noopener",
  );
});

test("what has no value says so to eyes and ears", async () => {
  await open({});
  await screen.findByRole("heading", { level: 1, name: "Thing 1" });
  for (const label of ["Kind", "Price", "Owner", "Tags", "Note", "Due", "At", "Data", "Link"]) {
    expect(shown(label)?.textContent).toBe("—none");
  }
});

test("an address that is none is no link", async () => {
  await open({ link: "javascript:alert(1)" });
  expect((await screen.findByText("javascript:alert(1)")).closest("a")).toBeNull();
});

test.each([
  [404, "Not found", "Go to the home page"],
  [403, "You have no access to this", "Try again"],
  [429, "Too many requests", "Try again"],
  [500, "This could not be loaded", "Try again"],
])("an answer of %i says what happened and what to do", async (status, title, step) => {
  await open(
    {},
    { answers: { "GET /api/things/1": problem(status, "code", "The sentence of the server.") } },
  );
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain(title);
  expect(alert.textContent).toContain("The sentence of the server.");
  expect(within(alert).getByText(step)).toBeTruthy();
});
