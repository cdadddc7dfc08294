import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { RowAction } from "../../src/shared/actions/rowActions.ts";
import { Banners } from "../../src/shared/banner/Banners.tsx";
import { show } from "../support/loaded.tsx";
import { thing } from "../support/things.tsx";
import type { Thing } from "../support/things/api.ts";

const rows = [
  thing("1", { name: "Closed on Friday" }, ["dismiss", "update", "delete"]),
  thing("2", { name: "New office" }, []),
] as unknown as Thing[];

function actions(run: () => Promise<unknown>): RowAction<Thing>[] {
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/things/${row.id}/edit` },
    { operation: "dismiss", label: "Dismiss", icon: "check", run, done: () => "Dismissed." },
    { operation: "delete", label: "Delete", icon: "trash", destructive: true, run, done: () => "Deleted." },
  ];
}

test("each row is told with its text, and leads to its page", () => {
  show(
    <Banners
      label="Things"
      rows={rows}
      name={(row) => row.name}
      text={(row) => `No. ${row.id}`}
      href={(row) => `/things/${row.id}`}
      actions={[]}
    />,
  );
  const section = within(screen.getByRole("region", { name: "Things" }));
  expect(section.getAllByRole("group")).toHaveLength(2);
  expect(section.getByRole("group", { name: "New office" }).textContent).toContain("No. 2");
  expect(section.getByRole("link", { name: "New office" }).getAttribute("href")).toBe("/things/2");
});

test("a reader may do what the row allows, but neither change nor delete it from here", async () => {
  const run = vi.fn(() => Promise.resolve());
  show(<Banners label="Things" rows={rows} name={(row) => row.name} actions={actions(run)} />);
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Dismiss"]);
  await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(run).toHaveBeenCalledWith(rows[0]);
});

test("nothing is told where there is nothing", () => {
  show(<Banners label="Things" rows={[]} name={(row: Thing) => row.name} actions={[]} />);
  expect(screen.queryByRole("region", { name: "Things" })).toBeNull();
});
