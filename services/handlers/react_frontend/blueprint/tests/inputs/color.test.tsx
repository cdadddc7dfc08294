import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { ColorInput } from "../../src/shared/form/ColorInput.tsx";
import { useForm } from "../../src/shared/form/useForm.ts";

function Paint() {
  const form = useForm({ paint: "" }, {});
  return (
    <>
      <ColorInput form={form} name="paint" label="Paint" />
      <output>{form.values.paint}</output>
    </>
  );
}

test("a color is written or picked, and nothing is none", async () => {
  const user = userEvent.setup();
  render(<Paint />);
  const written = screen.getByRole<HTMLInputElement>("textbox", { name: "Paint" });
  const picked = screen.getByLabelText<HTMLInputElement>("Pick Paint");
  expect(screen.getByRole("status").textContent).toBe("");
  await user.type(written, "#1A2B3C");
  expect(picked.value).toBe("#1a2b3c");
  fireEvent.change(picked, { target: { value: "#ff0000" } });
  expect(written.value).toBe("#ff0000");
  await user.clear(written);
  expect(screen.getByRole("status").textContent).toBe("");
});
