import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { FileLink } from "../../src/shared/files/FileLink.tsx";
import { client } from "../../src/shared/api/client.ts";
import { toasts } from "../../src/shared/ui/toasts.ts";

test("a file that cannot be had says why", async () => {
  client.defaults.baseURL = "http://127.0.0.1:9/api";
  client.defaults.adapter = "http";
  render(<FileLink value={{ id: "f1", display: "roof.png" }} />);
  await userEvent.click(screen.getByRole("button", { name: "roof.png" }));
  await vi.waitFor(() => expect(toasts.current()).toHaveLength(1));
  expect(toasts.current()[0]?.tone).toBe("error");
});

test("no file is a dash", () => {
  expect(render(<FileLink value={null} />).container.textContent).toBe("—none");
});
