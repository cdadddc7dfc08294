import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Calendar } from "../../src/shared/calendar/Calendar.tsx";
import { addMonths, weeksOf } from "../../src/shared/calendar/days.ts";
import { pageOf, show } from "../support/loaded.tsx";
import { showOnPhone } from "../support/screen.ts";
import { thing } from "../support/things.tsx";
import type { Thing } from "../support/things/api.ts";

const rows = [thing("1", { name: "Holiday", due: "2026-01-30", note: "2026-02-02" })] as unknown as Thing[];

function open(address: string) {
  const asked: string[] = [];
  const location = show(
    <Calendar
      label="Things"
      Load={({ first, last, children }) => {
        asked.push(`${first} ${last}`);
        return children(pageOf(rows));
      }}
      from={(row: Thing) => row.due}
      to={(row) => row.note}
      name={(row) => row.name}
      href={(row) => `/things/${row.id}`}
    />,
    address,
  );
  return { asked, location };
}

test("a row stands on each of its days", () => {
  const { asked } = open("/?month=2026-01");
  expect(asked.at(-1)).toBe("2025-12-29 2026-02-01");
  const table = screen.getByRole("table", { name: "Things, January 2026" });
  const days = within(table)
    .getAllByRole("cell")
    .filter((cell) => within(cell).queryByRole("link") !== null);
  expect(days.map((cell) => cell.getAttribute("aria-label"))).toEqual([
    "Jan 30, 2026",
    "Jan 31, 2026",
    "Feb 1, 2026",
  ]);
});

test("the month stands in the address", async () => {
  const { location } = open("/?month=2026-12");
  await userEvent.click(screen.getByRole("button", { name: "Next month" }));
  expect(location()).toBe("/?month=2027-01");
  expect(screen.getByRole("heading", { name: "January 2027" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Today" }));
  expect(location()).toBe("/");
});

test("on a phone the days that have something are listed", () => {
  showOnPhone(true);
  open("/?month=2026-02");
  const list = screen.getByRole("list", { name: "Things, February 2026" });
  expect(
    within(list)
      .getAllByRole("heading")
      .map((day) => day.textContent),
  ).toEqual(["Sun, Feb 1", "Mon, Feb 2"]);
});

test("an address that names no month shows this one", () => {
  open("/?month=2026-13");
  expect(screen.getByRole("button", { name: "Today" })).toHaveProperty("disabled", true);
});

test("weeks begin on Monday, and years end", () => {
  expect(weeksOf("2026-02")).toHaveLength(5);
  expect(weeksOf("2026-06")[0]?.[0]).toBe("2026-06-01");
  expect(addMonths("2026-12", 1)).toBe("2027-01");
});
