import { fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter, useLocation } from "react-router";
import { expect, test } from "vitest";

import type { Filter } from "../../src/shared/list/types.ts";
import { useListState } from "../../src/shared/list/useListState.ts";

const filters: Filter[] = [
  { kind: "exact", key: "colour", label: "Colour" },
  { kind: "exact", key: "size", label: "Size" },
];

function Hasty() {
  const list = useListState({ filters });
  const { search } = useLocation();
  const both = () => {
    list.setFilter("colour", "red");
    list.setFilter("size", "3");
  };
  return (
    <>
      <button onClick={both}>Both</button>
      <button onClick={() => list.setFilter("size", "")}>Any size</button>
      <output>{search}</output>
    </>
  );
}

test("a change that comes before the page shows the last one keeps it", () => {
  render(
    <MemoryRouter initialEntries={["/things?page=2"]}>
      <Hasty />
    </MemoryRouter>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Both" }));
  expect(screen.getByRole("status").textContent).toBe("?colour=red&size=3");
  fireEvent.click(screen.getByRole("button", { name: "Any size" }));
  expect(screen.getByRole("status").textContent).toBe("?colour=red");
});
