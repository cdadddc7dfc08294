import type { ThunkAction, UnknownAction } from "@reduxjs/toolkit";

import { api } from "./api.ts";

/** Tags are named as the models are; which there are is up to the features. */
export type Tag = Parameters<typeof api.util.invalidateTags>[0][number];

interface Patched {
  /** Puts everything back as it was. */
  undo: () => void;
  /** No list holds the model's rows without this one, or chooses its rows by what may just have changed. */
  everywhere: boolean;
}

/** As much of the store as is looked at. */
export type ApiRoot = Parameters<typeof api.util.selectInvalidatedBy>[0];

type EndpointName = Parameters<typeof api.util.updateQueryData>[0];

/** Changes a row wherever it is kept: on its page and in every list. */
export function patchRow(
  model: string,
  id: string,
  change: object,
): ThunkAction<Patched, ApiRoot, unknown, UnknownAction> {
  return (dispatch, getState) => {
    const tags = [
      { type: model, id },
      { type: model, id: "LIST" },
    ] as unknown as Tag[];
    const undos: (() => void)[] = [];
    let everywhere = true;
    for (const { endpointName, originalArgs } of api.util.selectInvalidatedBy(getState(), tags)) {
      let found = false;
      const patch = dispatch(
        api.util.updateQueryData(endpointName as EndpointName, originalArgs as never, (data: unknown) => {
          for (const row of rowsOf(data)) {
            if (row.id !== id) continue;
            Object.assign(row, change);
            found = true;
          }
        }),
      );
      undos.push(patch.undo);
      if (!found || isChoosy(originalArgs)) everywhere = false;
    }
    return { undo: () => undos.forEach((undo) => undo()), everywhere };
  };
}

/** The rows in an answer: of a page, of several pages, or the answer itself. */
function rowsOf(data: unknown): { id?: unknown }[] {
  if (typeof data !== "object" || data === null) return [];
  if ("pages" in data && Array.isArray(data.pages)) return data.pages.flatMap(rowsOf);
  if ("items" in data && Array.isArray(data.items)) return data.items as { id?: unknown }[];
  return [data as { id?: unknown }];
}

/** Whether a list is filtered, searched or sorted by what can change, so that a change may move a row in it or out of it. */
function isChoosy(query: unknown): boolean {
  if (typeof query !== "object" || query === null) return false;
  return Object.entries(query).some(([name, value]) => {
    if (name === "page" || name === "page_size") return false;
    return name !== "sort" || !String(value).endsWith("created_at");
  });
}
