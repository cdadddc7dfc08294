import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { ColorText } from "../../src/shared/ui/ColorText.tsx";

test("a colour is shown as it is and by its number", () => {
  render(<ColorText value="#ad1457" />);
  expect(screen.getByText("#ad1457")).toBeTruthy();
  expect(screen.getByRole("presentation").style.backgroundColor).toBe("rgb(173, 20, 87)");
});

test("no colour has no dot", () => {
  render(<ColorText value={null} />);
  expect(screen.queryByRole("presentation")).toBeNull();
});
