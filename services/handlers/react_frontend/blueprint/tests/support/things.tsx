import { defineFeature } from "../../src/shared/feature.ts";
import { signedIn } from "../../src/shared/session/session.ts";
import { storedRow } from "./rows.ts";
import type { Collection } from "./server.ts";
import { ThingListPage, ThingLogPage, ThingHomeCard, ThingGridPage } from "./things/lists.tsx";
import { ThingFormPage } from "./things/form.tsx";
import { ThingDetailPage } from "./things/detail.tsx";

function BrokenPage(): never {
  throw new Error("This page breaks.");
}

const page = (path: string, Component: React.ComponentType) => ({
  path,
  access: signedIn,
  load: async () => ({ default: Component }),
});

/** A feature of the tests: one model with every kind of page. */
export const things = defineFeature({
  name: "things",
  routes: [
    page("/things", ThingListPage),
    page("/things/new", ThingFormPage),
    page("/things/log", ThingLogPage),
    page("/things/matrix", ThingGridPage),
    page("/things/broken", BrokenPage),
    page("/things/:id", ThingDetailPage),
    page("/things/:id/edit", ThingFormPage),
    { ...page("/things/vault", ThingListPage), access: (visitor) => visitor.can("things.vault") },
  ],
  menu: [
    { section: "main", label: "Things", path: "/things", icon: "list", access: signedIn },
    {
      section: "admin",
      label: "Vault",
      path: "/things/vault",
      icon: "lock",
      access: (visitor) => visitor.can("things.vault"),
    },
  ],
  slots: { home: [{ key: "things", access: signedIn, load: async () => ({ default: ThingHomeCard }) }] },
});

const blank = {
  kind: null,
  size: null,
  price: null,
  active: null,
  owner: null,
  tags: [],
  note: null,
  due: null,
  at: null,
  data: null,
  link: null,
};

export const everything = ["update", "polish", "delete"];

/** A thing as the API answers it. */
export function thing(id: string, members: Record<string, unknown> = {}, can: string[] = everything) {
  return storedRow(id, { ...blank, name: `Thing ${id}`, ...members }, can);
}

/** The collection behind the pages of `things`. */
export function thingsOf(rows: ReturnType<typeof thing>[]): Record<string, Collection> {
  const collection = { rows, search: ["name"], required: ["name"], display: "name" };
  return { things: collection, log: { ...collection, cursor: true } };
}
