import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Tree } from "../../src/shared/tree/Tree.tsx";
import { pageOf, show } from "../support/loaded.tsx";
import { thing } from "../support/things.tsx";
import type { Thing } from "../support/things/api.ts";

const above = (id: string) => ({ owner: { id, display: id } });
const rows = [
  thing("top", { name: "Top", size: 1 }, ["move"]),
  thing("other", { name: "Other", size: 2 }, ["move"]),
  thing("leaf", { name: "Leaf", ...above("top") }, []),
] as unknown as Thing[];

function tree(all: Thing[], move = vi.fn(() => Promise.resolve())) {
  show(
    <Tree
      label="Things"
      Below={({ parent, children }) =>
        children(pageOf(all.filter((row) => (row.owner?.id ?? null) === parent)))
      }
      BelowAny={({ parents, children }) =>
        children(pageOf(all.filter((row) => parents.includes(row.owner?.id ?? ""))))
      }
      parent={(row: Thing) => row.owner}
      name={(row) => row.name}
      href={(row) => `/things/${row.id}`}
      actions={[]}
      order={{ of: (row) => row.size ?? 0, move }}
      empty={{ title: "No things yet" }}
    />,
  );
  return move;
}

test("what is below a row is shown and hidden; a row with nothing below has no such button", async () => {
  tree(rows);
  const below = screen.getByRole("list", { name: "Below Top" });
  expect(within(below).getByRole("link", { name: "Leaf" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Close Top" }));
  expect(screen.queryByRole("link", { name: "Leaf" })).toBeNull();
  expect(screen.getByRole("button", { name: "Open Top" }).getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("button", { name: /Other$/u, expanded: false })).toBeNull();
});

test("rows of one level are put in order", async () => {
  const move = tree(rows);
  expect(screen.getByRole("button", { name: "Move Top up" })).toHaveProperty("disabled", true);
  await userEvent.click(screen.getByRole("button", { name: "Move Top down" }));
  expect(move).toHaveBeenCalledWith(rows[0], { after: "other" });
  expect(screen.queryByRole("button", { name: "Move Leaf up" })).toBeNull();
});

test("an empty tree says so", () => {
  tree([]);
  expect(screen.getByText("No things yet")).toBeTruthy();
});
