import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { useDispatch } from "react-redux";

import { toasts } from "../ui/toasts.ts";
import { type ApiRoot, patchRow } from "./patch.ts";

/** Shows a change at once, while it is sent; what the server refuses is put back, and told. */
export function useOptimistic(model: string) {
  const dispatch = useDispatch<ThunkDispatch<ApiRoot, unknown, UnknownAction>>();
  return async (id: string, change: object, send: () => Promise<unknown>): Promise<void> => {
    const { undo } = dispatch(patchRow(model, id, change));
    try {
      await send();
    } catch (failure) {
      undo();
      toasts.failed(failure);
    }
  };
}
