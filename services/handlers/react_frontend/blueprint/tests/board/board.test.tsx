import { createEvent, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { RowAction } from "../../src/shared/actions/rowActions.ts";
import { Board, type BoardProps } from "../../src/shared/board/Board.tsx";
import { optionsOf } from "../../src/shared/options.ts";
import { pageOf, show } from "../support/loaded.tsx";
import { thing } from "../support/things.tsx";
import type { Thing } from "../support/things/api.ts";

const rows = [
  thing("1", { name: "First", kind: "round" }, ["polish", "update"]),
  thing("2", { name: "Second", kind: "square" }, []),
] as unknown as Thing[];

function board(more: Partial<BoardProps<Thing>> = {}) {
  const props: BoardProps<Thing> = {
    label: "Things",
    columns: optionsOf({ round: "Round", square: "Square" }),
    Load: ({ value, children }) => children(pageOf(rows.filter(({ kind }) => kind === value))),
    value: (row) => row.kind ?? "",
    name: (row) => row.name,
    href: (row) => `/things/${row.id}`,
    actions: [],
    ...more,
  };
  return show(<Board {...props} />);
}

/** Gives back what polishing runs. */
function boardWhosePolishLeadsToSquare() {
  const run = vi.fn(() => Promise.resolve());
  const polish: RowAction<Thing> = {
    operation: "polish",
    label: "Polish",
    icon: "check",
    run,
    done: () => "Done.",
  };
  board({ actions: [polish], moves: { square: ["polish"] } });
  return run;
}

function drag(name: string, column: string) {
  const card = screen.getByRole("link", { name }).closest("li") as HTMLElement;
  const target = screen.getByRole("region", { name: column });
  const dataTransfer = { setData: () => undefined, effectAllowed: "" };
  fireEvent.dragStart(card, { dataTransfer });
  const over = createEvent.dragOver(target);
  fireEvent(target, over);
  fireEvent.drop(target, { dataTransfer });
  return over.defaultPrevented;
}

test("each card stands in its column, and leads to its page", async () => {
  const location = board();
  const round = within(screen.getByRole("region", { name: "Round" }));
  expect(round.getAllByRole("listitem")).toHaveLength(1);
  await userEvent.click(round.getByRole("link", { name: "First" }));
  expect(location()).toBe("/things/1");
});

test("an action takes a card to another column: by its menu, or when it is dragged there", async () => {
  const run = boardWhosePolishLeadsToSquare();
  await userEvent.click(screen.getByRole("button", { name: "Actions for First" }));
  await userEvent.click(screen.getByRole("menuitem", { name: "Polish" }));
  expect(run).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(drag("First", "Square")).toBe(true);
  await waitFor(() => expect(run).toHaveBeenCalledTimes(2));
});

test("a column takes no card that nothing leads there", () => {
  const run = boardWhosePolishLeadsToSquare();
  expect(drag("Second", "Round")).toBe(false);
  expect(run).not.toHaveBeenCalled();
});

test("where moving is a change like any other, the menu names the other columns", async () => {
  const moveTo = vi.fn(() => Promise.resolve());
  board({ moveTo });
  await userEvent.click(screen.getByRole("button", { name: "Actions for First" }));
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual(["Move to Square"]);
  await userEvent.click(screen.getByRole("menuitem", { name: "Move to Square" }));
  expect(moveTo).toHaveBeenCalledWith(rows[0], "square");
});
