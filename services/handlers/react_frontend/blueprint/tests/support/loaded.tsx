import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";

import type { Loaded } from "../../src/shared/list/types.ts";
import type { Page } from "../../src/shared/api/types.ts";

/** What a query hook gives once the answer is there. */
export function loaded<T>(data: T): Loaded<T> {
  return { data, isLoading: false, isFetching: false, refetch: () => Promise.resolve({ data }) };
}

/** Rows as a whole list. */
export function pageOf<R>(items: R[]): Loaded<Page<R>> {
  return loaded({ items, total: items.length, page: 1, page_size: 100 });
}

/** Shows an element at an address; gives back where the browser is. */
export function show(element: ReactNode, address = "/"): () => string {
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [address] });
  render(<RouterProvider router={router} />);
  return () => router.state.location.pathname + router.state.location.search;
}
