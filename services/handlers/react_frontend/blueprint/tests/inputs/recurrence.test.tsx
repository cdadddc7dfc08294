import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { RecurrenceInput } from "../../src/shared/form/RecurrenceInput.tsx";
import { useForm } from "../../src/shared/form/useForm.ts";
import { formatRule, recurrence, recurrenceOf, ruleText } from "../../src/shared/recurrence.ts";

function Meeting({ again }: { again: string }) {
  const form = useForm({ again }, { again: [recurrence()] });
  return (
    <>
      <RecurrenceInput form={form} name="again" label="Again" />
      <output>{form.values.again}</output>
    </>
  );
}

async function choose(user: ReturnType<typeof userEvent.setup>, name: string) {
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Repeats" }));
  await user.click(screen.getByRole("option", { name }));
}

test("a rhythm is chosen, with its days", async () => {
  const user = userEvent.setup();
  render(<Meeting again="" />);
  await choose(user, "Weekly");
  await user.click(screen.getByRole("button", { name: "Wednesday" }));
  await user.click(screen.getByRole("button", { name: "Monday" }));
  const every = screen.getByRole("textbox", { name: "Every so many weeks" });
  await user.clear(every);
  await user.tab();
  await user.type(every, "2");
  expect(screen.getByRole("status").textContent).toBe("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE");
  await choose(user, "Never");
  expect(screen.getByRole("status").textContent).toBe("");
});

test("a rule that says more is entered as it travels", () => {
  render(<Meeting again="FREQ=MONTHLY;BYMONTHDAY=1" />);
  expect(screen.getByRole("textbox", { name: "Again" })).toHaveProperty("value", "FREQ=MONTHLY;BYMONTHDAY=1");
});

test.each(["FREQ=WEEKLY;INTERVAL=", "FREQ=DAILY;INTERVAL=0", "every day"])("%s is refused", (rule) => {
  expect(recurrence()(rule)).toBeTruthy();
});

test.each(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=YEARLY;INTERVAL=4"])(
  "%s stays what it is",
  (rule) => {
    const found = recurrenceOf(rule);
    expect(found && ruleText(found)).toBe(rule);
    expect(recurrence()(rule)).toBeUndefined();
  },
);

test("a rule is told in words", () => {
  expect(formatRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE")).toBe("Every 2 weeks on Mon and Wed");
  expect(formatRule("FREQ=DAILY")).toBe("Every day");
  expect(formatRule("FREQ=MONTHLY;BYMONTHDAY=1")).toBe("FREQ=MONTHLY;BYMONTHDAY=1");
});
