import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

import { toasts } from "../../src/shared/ui/toasts.ts";
import { isPhone, showOnPhone } from "./screen.ts";

// A busy machine may take a while to render a page for the first time.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  showOnPhone(false);
  toasts.clear();
  localStorage.clear();
});

// jsdom has no layout, so it offers no media queries and does not scroll; tests see the wide page.
window.matchMedia = (query) => ({
  // Asks for a greatest width only; nobody prefers a dark scheme or less motion.
  matches: isPhone() && query.includes("max-width"),
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});
window.scrollTo = () => undefined;

// Nothing is looked at here, but each search by role asks for the styles of every element and all around it: with the
// rules of the whole application in the document, most of the time of the tests would go there.
const insert = document.head.insertBefore.bind(document.head);
document.head.insertBefore = <T extends Node>(node: T, before: Node | null): T =>
  node instanceof HTMLStyleElement ? node : insert(node, before);
