import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { Tiles } from "../../src/shared/gallery/Tiles.tsx";
import { show } from "../support/loaded.tsx";
import { thing } from "../support/things.tsx";
import type { Thing } from "../support/things/api.ts";

test("a tile tells of a row, and leads to its page", async () => {
  const rows = [thing("1", { name: "First", note: "A few words." })] as unknown as Thing[];
  const location = show(
    <Tiles
      label="Things"
      columns={[]}
      rows={rows}
      sort=""
      rowHref={(row) => `/things/${row.id}`}
      name={(row) => row.name}
      text={(row) => row.note}
      facts={(row) => row.id}
    />,
  );
  expect(screen.getByRole("list", { name: "Things" }).textContent).toBe("FirstA few words.1");
  await userEvent.click(screen.getByRole("link", { name: "First" }));
  expect(location()).toBe("/things/1");
});
