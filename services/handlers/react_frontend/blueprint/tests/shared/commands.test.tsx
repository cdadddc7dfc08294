import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { CommandButton } from "../../src/shared/actions/CommandButton.tsx";
import { toasts } from "../../src/shared/ui/toasts.ts";

const user = userEvent.setup({ delay: null });

test("an act on all rows tells its outcome", async () => {
  const run = vi.fn<() => Promise<unknown>>().mockResolvedValueOnce({});
  render(<CommandButton label="Tidy up" run={run} done="All tidy." />);
  await user.click(screen.getByRole("button", { name: "Tidy up" }));
  await waitFor(() => expect(toasts.current().at(-1)?.message).toBe("All tidy."));
  run.mockRejectedValueOnce({ code: "conflict", status: 409, message: "Not now.", fields: [] });
  await user.click(screen.getByRole("button", { name: "Tidy up" }));
  await waitFor(() => expect(toasts.current().at(-1)?.message).toBe("Not now."));
});

test("what takes something away asks first", async () => {
  const run = vi.fn<() => Promise<unknown>>().mockResolvedValue({});
  const confirm = { title: "End all?", body: "All of them." };
  render(<CommandButton label="End all" confirm={confirm} run={run} done="Ended." />);
  await user.click(screen.getByRole("button", { name: "End all" }));
  const question = within(await screen.findByRole("alertdialog"));
  await user.click(question.getByRole("button", { name: "Cancel" }));
  expect(run).not.toHaveBeenCalled();
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  await user.click(screen.getByRole("button", { name: "End all" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "End all" }));
  await waitFor(() => expect(run).toHaveBeenCalled());
});
