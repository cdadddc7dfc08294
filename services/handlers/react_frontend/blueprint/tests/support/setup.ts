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
