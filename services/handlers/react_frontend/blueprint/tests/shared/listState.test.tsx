import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test } from "vitest";

import type { Filter } from "../../src/shared/list/types.ts";
import { useListState } from "../../src/shared/list/useListState.ts";

const filters: Filter[] = [
  { kind: "select", key: "state", label: "State", options: [] },
  { kind: "number", key: "size", label: "Size" },
];

function at(address: string) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>
  );
  return renderHook(
    () => ({ list: useListState({ sort: "-created_at", filters }), location: useLocation() }),
    { wrapper },
  );
}

test("the address is the state, and what it does not know is left out", () => {
  const { result } = at("/?page=3&page_size=999&size[gte]=5&state[in]=open&size[null]=true&evil=1");
  expect(result.current.list.query).toEqual({
    page: 3,
    page_size: 100,
    sort: "-created_at",
    "state[in]": "open",
    "size[gte]": "5",
  });
});

test("nonsense in the address falls back to the defaults", () => {
  const { result } = at("/?page=-1&page_size=abc");
  expect(result.current.list.page).toBe(1);
  expect(result.current.list.pageSize).toBe(25);
});

test("a new filter starts again at the first page, and clearing removes filters and search", () => {
  const { result } = at("/?page=3&search=x");
  act(() => result.current.list.setFilter("state[in]", "open"));
  expect(result.current.location.search).toBe("?search=x&state%5Bin%5D=open");
  act(() => result.current.list.clear());
  expect(result.current.location.search).toBe("");
});
