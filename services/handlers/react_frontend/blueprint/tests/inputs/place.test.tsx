import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { PlaceInput } from "../../src/shared/form/PlaceInput.tsx";
import { useForm } from "../../src/shared/form/useForm.ts";
import {
  formatPlace,
  fromPlaceDraft,
  type PlaceDraft,
  placeOnEarth,
  toPlaceDraft,
} from "../../src/shared/places.ts";

interface Draft {
  starts: PlaceDraft;
}

function Trip() {
  const form = useForm<Draft>({ starts: toPlaceDraft(null) }, { starts: [placeOnEarth()] });
  return (
    <>
      <PlaceInput form={form} name="starts" label="Starts" />
      <output>{JSON.stringify(fromPlaceDraft(form.values.starts))}</output>
    </>
  );
}

test("a place is typed by its degrees, and half of one is refused", async () => {
  const user = userEvent.setup();
  render(<Trip />);
  expect(screen.getByRole("status").textContent).toBe("null");
  await user.type(screen.getByRole("textbox", { name: "Latitude" }), "52.52");
  await user.tab();
  await user.tab();
  expect(screen.getByText(/^Enter a latitude/u)).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: "Longitude" }), "-13.4");
  await user.tab();
  expect(screen.queryByText(/^Enter a latitude/u)).toBeNull();
  expect(screen.getByRole("status").textContent).toBe('{"latitude":52.52,"longitude":-13.4}');
});

test.each([
  ["91", "0"],
  ["0", "180.5"],
  ["north", "0"],
  ["1e1", "0"],
])("%s, %s is nowhere", (latitude, longitude) => {
  expect(placeOnEarth()({ latitude, longitude })).toMatch(/^Enter a latitude/u);
});

test("a place that is needed must be there", () => {
  expect(placeOnEarth(true)({ latitude: "", longitude: " " })).toBe("This is needed.");
});

test("a place is told by its side of the world", () => {
  expect(formatPlace({ latitude: -33.9, longitude: 18.4 })).toBe("33.9° S, 18.4° E");
});
