import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { visit } from "../support/visit.tsx";

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
});
