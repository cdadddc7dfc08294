import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { RichText } from "../../src/shared/ui/RichText.tsx";

test("marks of text are shown as such", () => {
  const { container } = render(
    <RichText
      value={
        '<h2>On bees</h2><p>They <b>hum</b>.<br>All day.</p><ul><li>one</li></ul><a href="https://bees.example">more</a>'
      }
    />,
  );
  expect(screen.getByRole("heading", { name: "On bees" })).toBeTruthy();
  expect(container.querySelector("p b")?.textContent).toBe("hum");
  expect(screen.getByRole("listitem").textContent).toBe("one");
  expect(screen.getByRole("link", { name: "more" }).getAttribute("rel")).toContain("noopener");
});

test("what might do harm is left out, its words stay", () => {
  const { container } = render(
    <RichText
      value={
        '<p onclick="steal()">fine</p><script>steal()</script><img src=x onerror="steal()"><a href="javascript:steal()">here</a><form>words</form>'
      }
    />,
  );
  expect(container.textContent).toBe("fineherewords");
  expect(container.innerHTML).not.toContain("steal");
  expect(container.querySelector("script, img, form, a[href]")).toBeNull();
});

test("nothing is a dash", () => {
  expect(render(<RichText value={null} />).container.textContent).toBe("—none");
});
