import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { problem } from "../support/server.ts";
import { thing, things, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

const extra = [things];

test("an unknown address says so and leads home", async () => {
  const { user, location } = await visit("/no-such-page", { collections: {}, signedIn: [] });
  await user.click(await screen.findByRole("link", { name: "Go to the home page" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Welcome, Ann Example" })).toBeTruthy();
  expect(location()).toBe("/");
});

test("the page can be reached past the navigation", async () => {
  await visit("/", { collections: {} });
  const link = await screen.findByRole("link", { name: "Skip to the content" });
  expect(document.querySelector(link.getAttribute("href") ?? "")?.tagName).toBe("MAIN");
});

test("the colour scheme can be chosen and is remembered", async () => {
  const { user } = await visit("/", { collections: {} });
  await user.click(await screen.findByRole("button", { name: /^Colour scheme/u }));
  await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
  expect(document.documentElement.getAttribute("data-color-scheme")).toBe("dark");
  expect(localStorage.getItem("mui-mode")).toBe("dark");
  await user.click(await screen.findByRole("button", { name: "Colour scheme: Dark" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});

test("the navigation offers what the visitor may see, and marks where they are", async () => {
  const { user } = await visit("/things/1", { collections: thingsOf([thing("1")]), extra, signedIn: [] });
  const [navigation] = await screen.findAllByRole("navigation", { name: "Main" });
  const menu = within(navigation as HTMLElement);
  expect(menu.getByRole("link", { name: "Things" }).getAttribute("aria-current")).toBe("page");
  expect(menu.queryByRole("link", { name: "Vault" })).toBeNull();
  await user.click(menu.getByRole("link", { name: "Home" }));
  await screen.findByRole("heading", { level: 1, name: "Welcome, Ann Example" });
  expect(document.activeElement?.tagName).toBe("MAIN");
});

test("on small screens the navigation opens, and closes when a page is chosen", async () => {
  const { user, location } = await visit("/", {
    collections: thingsOf([]),
    extra,
    signedIn: ["things.vault"],
  });
  // jsdom lays out a wide page, where this button is there but hidden.
  await user.click(await screen.findByLabelText("Open the navigation"));
  const drawer = await screen.findByLabelText("Navigation");
  await user.click(within(drawer).getByText("Vault"));
  await waitFor(() => expect(location()).toBe("/things/vault"));
  await waitFor(() => expect(screen.queryByLabelText("Navigation")).toBeNull());
});

test("a page that needs more than the visitor may is explained", async () => {
  await visit("/things/vault", { collections: thingsOf([]), extra, signedIn: [] });
  expect(await screen.findByText("You have no access to this page")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Go to the home page" })).toBeTruthy();
});

test("a page that breaks leaves the rest standing", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await visit("/things/broken", { collections: {}, extra, signedIn: [] });
  expect(await screen.findByText("Something went wrong")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Load again" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Account of Ann Example" })).toBeTruthy();
});

test("the home page shows what is newest, or the first step", async () => {
  await visit("/", { collections: thingsOf([thing("1")]), extra, signedIn: [] });
  expect((await screen.findByRole("link", { name: /^Thing 1/u })).getAttribute("href")).toBe("/things/1");
});

test("the home page shows the first step where there is nothing", async () => {
  await visit("/", { collections: thingsOf([]), extra, signedIn: [] });
  expect((await screen.findByRole("link", { name: "Add a thing" })).getAttribute("href")).toBe("/things/new");
});

test("a card of the home page that fails says so and leaves the others alone", async () => {
  const answers = { "GET /api/things": problem(500, "internal", "It broke.") };
  await visit("/", { collections: {}, answers, extra, signedIn: [] });
  expect(await screen.findByText("It broke.")).toBeTruthy();
});
