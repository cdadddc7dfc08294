import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";

import { Dashboard } from "../../src/shared/metrics/Dashboard.tsx";
import { MetricCard } from "../../src/shared/metrics/MetricCard.tsx";
import { queryOf, usePeriod } from "../../src/shared/metrics/period.ts";
import { formatValue, overTime, scaleOf, stepsOf } from "../../src/shared/metrics/series.ts";
import type { MetricAnswer } from "../../src/shared/metrics/types.ts";

function loaded(data: MetricAnswer) {
  return { data, isLoading: false, isFetching: false, refetch: () => Promise.resolve({ data }) };
}

const byPriority: MetricAnswer = {
  items: [
    { by: "high", value: 4 },
    { by: "low", value: 2 },
    { by: null, value: 1 },
  ],
  more: false,
};

test("a chart says what it shows, and is a table for who wants one", async () => {
  render(
    <MetricCard
      title="Open"
      kind="bar"
      by="Priority"
      names={{ high: "High", low: "Low" }}
      result={loaded(byPriority)}
    />,
  );
  expect(screen.getByRole("img", { name: "Open by priority: High 4, Low 2, None 1" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Open: show as a table" }));
  const table = screen.getByRole("table", { name: "Open" });
  expect(within(table).getByRole("columnheader", { name: "Priority" })).toBeTruthy();
  expect(
    within(table)
      .getAllByRole("row")
      .map((row) => row.textContent),
  ).toEqual(["PriorityOpen", "High4", "Low2", "None1"]);
});

test("a share is drawn for each group, and what is too thin is one slice", () => {
  const items = Array.from({ length: 9 }, (_, at) => ({ by: `group ${at}`, value: 9 - at }));
  render(<MetricCard title="Shares" kind="pie" by="Kind" result={loaded({ items, more: false })} />);
  const names = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(names).toHaveLength(6);
  expect(names.at(-1)).toBe("4 others10");
});

test("a single figure is a number", () => {
  render(
    <MetricCard
      title="All"
      kind="number"
      result={loaded({ items: [{ value: "1234567890123.45" }], more: false })}
    />,
  );
  expect(screen.getByText("1,234,567,890,123.45")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("an empty period says so, and a failure offers another attempt", () => {
  const query = queryOf("week");
  const { rerender } = render(
    <MetricCard title="New" kind="line" query={query} result={loaded({ items: [], more: false })} />,
  );
  expect(screen.getByText("Nothing in this period.")).toBeTruthy();
  const failed = {
    ...loaded({ items: [], more: false }),
    data: undefined,
    error: { code: "network", status: 0, message: "No answer.", fields: [] },
  };
  rerender(
    <RouterProvider
      router={createMemoryRouter([
        { path: "/", element: <MetricCard title="New" kind="line" query={query} result={failed} /> },
      ])}
    />,
  );
  expect(screen.getByText("No answer.")).toBeTruthy();
  expect(screen.getByRole("button", { name: /try again/iu })).toBeTruthy();
});

test("steps without rows are there, with nothing", () => {
  expect(stepsOf({ step: "week", from: "2026-01-01", to: "2026-01-14" })).toEqual([
    "2025-12-29",
    "2026-01-05",
    "2026-01-12",
  ]);
  const query = { step: "month", from: "2026-01-15", to: "2026-03-01" } as const;
  const items = [
    { over: "2026-03-01", by: "EUR", value: "2.50" },
    { over: "2026-01-01", by: "USD", value: "7.00" },
  ];
  const { labels, series } = overTime({ items, more: false }, query);
  expect(labels).toEqual(["Jan 2026", "Feb 2026", "Mar 2026"]);
  expect(series).toEqual([
    { name: "USD", values: [7, 0, 0], exact: ["7.00", "0", "0"] },
    { name: "EUR", values: [0, 0, 2.5], exact: ["0", "0", "2.50"] },
  ]);
});

test("the axis ends at a round number", () => {
  expect(scaleOf(3)).toEqual([0, 1, 2, 3]);
  expect(scaleOf(17)).toEqual([0, 5, 10, 15, 20]);
  expect(scaleOf(0)).toEqual([0, 1]);
  expect(formatValue(null)).toBe("—");
});

function Figures() {
  const period = usePeriod();
  return (
    <Dashboard title="Dashboard" period={period}>
      {period.query.step}
    </Dashboard>
  );
}

test("the period stands in the address", async () => {
  const router = createMemoryRouter([{ path: "/", element: <Figures /> }]);
  render(<RouterProvider router={router} />);
  expect(screen.getByText("day")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "12 months" }));
  expect(screen.getByText("month")).toBeTruthy();
  expect(router.state.location.search).toBe("?period=year");
});
