import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";

import { api } from "./api.ts";

interface Started {
  dispatch: ThunkDispatch<unknown, unknown, UnknownAction>;
  queryFulfilled: PromiseLike<unknown>;
}

/** After a write that takes the session into another organization: nothing that was read before is shown again. */
export async function forgetAll(_input: unknown, { dispatch, queryFulfilled }: Started): Promise<void> {
  try {
    await queryFulfilled;
  } catch {
    return; // It is where it was.
  }
  dispatch(api.util.resetApiState());
}
