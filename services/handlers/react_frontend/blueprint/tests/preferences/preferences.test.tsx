import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { expect, test, vi } from "vitest";

import type { Loaded } from "../../src/shared/list/types.ts";
import { Preference, Preferences } from "../../src/shared/preferences/Preferences.tsx";
import { PreferenceSwitches } from "../../src/shared/preferences/PreferenceSwitches.tsx";
import { toasts } from "../../src/shared/ui/toasts.ts";

type Values = Record<"here" | "away", boolean>;
const loaded = { isLoading: false, isFetching: false, refetch: vi.fn<() => Promise<object>>() };
const labels = { here: "Here", away: "Away" };

function show(result: Loaded<Values>, store: (values: Values) => Promise<unknown>) {
  const element = (
    <Preferences title="Preferences">
      <Preference label="News" hint="What is new.">
        <PreferenceSwitches result={result} labels={labels} store={store} />
      </Preference>
    </Preferences>
  );
  render(<RouterProvider router={createMemoryRouter([{ path: "/", element }])} />);
  return userEvent.setup({ delay: null });
}

test("a switch is kept as soon as it is moved, and moves back where that is refused", async () => {
  const store = vi.fn<(values: Values) => Promise<unknown>>().mockResolvedValueOnce({});
  const user = show({ ...loaded, data: { here: true, away: false } }, store);
  expect(screen.getByRole("group", { name: "News" })).toBeTruthy();
  await user.click(screen.getByRole("switch", { name: "Away" }));
  expect(store).toHaveBeenCalledWith({ here: true, away: true });
  expect(screen.getByRole<HTMLInputElement>("switch", { name: "Away" }).checked).toBe(true);

  store.mockRejectedValueOnce({ code: "internal", status: 500, message: "It broke.", fields: [] });
  await user.click(screen.getByRole("switch", { name: "Here" }));
  await waitFor(() => expect(toasts.current()[0]?.message).toBe("It broke."));
  expect(screen.getByRole<HTMLInputElement>("switch", { name: "Here" }).checked).toBe(true);
});

test("what could not be loaded is asked for again", async () => {
  const error = { code: "internal", status: 500, message: "It broke.", fields: [] };
  const user = show({ ...loaded, error }, async () => ({}));
  await user.click(screen.getByRole("button", { name: "Not loaded. Try again" }));
  expect(loaded.refetch).toHaveBeenCalled();
});
