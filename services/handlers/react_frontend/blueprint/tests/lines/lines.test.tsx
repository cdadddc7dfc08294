import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { TextInput } from "../../src/shared/form/inputs.tsx";
import { LinesInput } from "../../src/shared/form/LinesInput.tsx";
import { lines, required, type Rules, wholeNumber } from "../../src/shared/form/rules.ts";
import { useForm } from "../../src/shared/form/useForm.ts";

interface Draft {
  items: { what: string; count: string }[];
}

const lineRules = { what: [required()], count: [required(), wholeNumber(1, 9)] };
const rules: Rules<Draft> = { items: [lines(lineRules, 1, 3)] };

function Order() {
  const form = useForm<Draft>({ items: [] }, rules);
  return (
    <>
      <LinesInput
        form={form}
        name="items"
        label="Items"
        required
        blank={{ what: "", count: "" }}
        rules={lineRules}
        most={2}
      >
        {(line) => (
          <>
            <TextInput form={line} name="what" label="What" />
            <TextInput form={line} name="count" label="Count" />
          </>
        )}
      </LinesInput>
      <button onClick={() => form.check()}>Check</button>
      <output>{JSON.stringify(form.values.items)}</output>
    </>
  );
}

test("lines are added, filled in and removed", async () => {
  const user = userEvent.setup();
  render(<Order />);
  const add = screen.getByRole("button", { name: "Add a line to Items" });
  await user.click(add);
  await user.click(add);
  expect(add).toHaveProperty("disabled", true);
  await user.type(screen.getAllByLabelText("What")[1] as HTMLElement, "Cup");
  await user.click(screen.getByRole("button", { name: "Remove line 1 of Items" }));
  expect(screen.getByRole("status").textContent).toBe('[{"what":"Cup","count":""}]');
});

test("a form without lines, or with a wrong one, says where", async () => {
  const user = userEvent.setup();
  render(<Order />);
  await user.click(screen.getByRole("button", { name: "Check" }));
  expect(screen.getByText("This is needed.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Add a line to Items" }));
  await user.type(screen.getByLabelText("What"), "Cup");
  await user.type(screen.getByLabelText("Count"), "12");
  await user.click(screen.getByRole("button", { name: "Check" }));
  expect(screen.getByText("Some lines need your attention.")).toBeTruthy();
  expect(screen.getByText("Enter 9 or less.")).toBeTruthy();
});
