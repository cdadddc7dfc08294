import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { CurrencyInput } from "../../src/shared/form/CurrencyInput.tsx";
import { TextInput } from "../../src/shared/form/inputs.tsx";
import { useForm } from "../../src/shared/form/useForm.ts";
import { MoneyText } from "../../src/shared/ui/MoneyText.tsx";

function Price() {
  const form = useForm({ price: "", currency: "" }, {});
  return (
    <>
      <TextInput form={form} name="price" label="Price" unit={form.values.currency} />
      <CurrencyInput form={form} name="currency" label="Currency" />
    </>
  );
}

test("a currency is found by its name, and stands beside the amount", async () => {
  const user = userEvent.setup();
  render(<Price />);
  await user.type(screen.getByRole("combobox", { name: "Currency" }), "Swiss Franc");
  await user.click(screen.getByRole("option", { name: /^CHF/u }));
  expect(screen.getByText("CHF")).toBeTruthy();
});

test("no digit of an amount is lost", () => {
  const { container } = render(<MoneyText value="12345678901234567.125" currency="EUR" />);
  expect(container.textContent).toBe("€12,345,678,901,234,567.125");
});

test("without a currency the amount stands alone, and nothing is a dash", () => {
  const { container } = render(<MoneyText value="12.50" currency={null} />);
  expect(container.textContent).toBe("12.50");
  expect(render(<MoneyText value={null} currency="EUR" />).container.textContent).toBe("—none");
});
