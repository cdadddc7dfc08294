import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { DurationInput } from "../../src/shared/form/DurationInput.tsx";
import { required, type Rules } from "../../src/shared/form/rules.ts";
import { useForm } from "../../src/shared/form/useForm.ts";
import { formatSpan, spanOf, spanOfTime, spanText } from "../../src/shared/spans.ts";

interface Draft {
  takes: string;
}

const rules: Rules<Draft> = { takes: [required(), spanOfTime()] };

function Trip({ takes }: Draft) {
  const form = useForm<Draft>({ takes }, rules);
  return (
    <>
      <DurationInput form={form} name="takes" label="Takes" required />
      <output>{form.values.takes}</output>
    </>
  );
}

test("days, hours and minutes are typed, and travel as one text", async () => {
  const user = userEvent.setup();
  render(<Trip takes="" />);
  await user.type(screen.getByRole("textbox", { name: "Hours" }), "1h");
  await user.type(screen.getByRole("textbox", { name: "Minutes" }), "30");
  expect(screen.getByRole("status").textContent).toBe("PT1H30M");
});

test("it is judged when all of them are left, not on the way from one to the next", async () => {
  const user = userEvent.setup();
  render(<Trip takes="" />);
  await user.click(screen.getByRole("textbox", { name: "Days" }));
  await user.tab();
  expect(screen.queryByText("This is needed.")).toBeNull();
  await user.tab();
  await user.tab();
  expect(screen.getByText("This is needed.")).toBeTruthy();
});

test("a span that these cannot say is entered as it travels", async () => {
  const user = userEvent.setup();
  render(<Trip takes="P2M" />);
  const input = screen.getByRole("textbox", { name: "Takes" });
  await user.type(input, "x");
  await user.tab();
  expect(screen.getByText(/such as P1DT2H/u)).toBeTruthy();
});

test.each(["P1D", "PT26H", "P3DT5M", "PT1H30M", ""])("%s stays what it is", (text) => {
  const span = spanOf(text);
  expect(span && spanText(span)).toBe(text);
});

test("a span is told in words", () => {
  expect(formatSpan("P1DT2H")).toBe("1 day 2 hr");
  expect(formatSpan("PT0S")).toBe("0 min");
  expect(formatSpan("P1Y")).toBe("P1Y");
});
