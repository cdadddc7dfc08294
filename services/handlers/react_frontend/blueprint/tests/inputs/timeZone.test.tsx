import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { TimeZoneInput } from "../../src/shared/form/TimeZoneInput.tsx";
import { useForm } from "../../src/shared/form/useForm.ts";

function Meeting({ zone }: { zone: string }) {
  const form = useForm({ zone }, {});
  return (
    <>
      <TimeZoneInput form={form} name="zone" label="Time zone" />
      <output>{form.values.zone}</output>
    </>
  );
}

test("a time zone is found by its place, and travels by its name", async () => {
  const user = userEvent.setup();
  render(<Meeting zone="" />);
  await user.type(screen.getByRole("combobox", { name: "Time zone" }), "new york");
  await user.click(screen.getByRole("option", { name: "America / New York" }));
  expect(screen.getByRole("status").textContent).toBe("America/New_York");
});

test("one that the browser does not list stays", () => {
  render(<Meeting zone="Etc/GMT+3" />);
  expect(screen.getByRole("combobox", { name: "Time zone" })).toHaveProperty("value", "Etc / GMT+3");
});
