import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Pointer } from "../../src/shared/api/types.ts";
import { defineFeature } from "../../src/shared/feature.ts";
import { PointerInput } from "../../src/shared/form/PointerInput.tsx";
import { pointerOf } from "../../src/shared/form/pointers.ts";
import { useForm } from "../../src/shared/form/useForm.ts";
import { signedIn } from "../../src/shared/session/session.ts";
import { thing, thingsOf } from "../support/things.tsx";
import { visit } from "../support/visit.tsx";

const targets = [
  { type: "Log", label: "Entry", collection: "log" },
  { type: "Thing", label: "Thing", collection: "things" },
];

function Note() {
  const form = useForm<{ about: Pointer | null }>({ about: null }, {});
  return (
    <>
      <PointerInput form={form} name="about" label="About" targets={targets} />
      <output aria-label="Sent">{JSON.stringify(pointerOf(form.values.about))}</output>
    </>
  );
}

const page = defineFeature({
  name: "notes",
  routes: [{ path: "/note", access: signedIn, load: async () => ({ default: Note }) }],
  menu: [],
});

const sent = () => screen.getByRole("status", { name: "Sent" }).textContent;

test("first it is said what it is, then which one; another kind begins anew", async () => {
  const { user } = await visit("/note", {
    collections: thingsOf([thing("a", { name: "Kettle" })]),
    extra: [page],
    signedIn: [],
  });
  await user.click(await screen.findByRole("combobox", { name: "Kind" }));
  await user.click(screen.getByRole("option", { name: "Thing" }));
  await user.click(screen.getByRole("combobox", { name: "Thing" }));
  await user.click(await screen.findByRole("option", { name: "Kettle" }));
  expect(sent()).toBe('{"type":"Thing","id":"a"}');
  await user.click(screen.getByRole("combobox", { name: "Kind" }));
  await user.click(screen.getByRole("option", { name: "Entry" }));
  expect(sent()).toBe("null");
});
