import type { ApiError } from "../api/errors.ts";
import type { Page } from "../api/types.ts";
import type { Loaded } from "../list/types.ts";

const missing: ApiError = {
  code: "not_found",
  status: 404,
  message: "It does not exist, or not for you.",
  fields: [],
};

/** The one row of a list, as if it had been asked for by its id: for addresses that name a row otherwise. */
export function firstOf<R>(result: Loaded<Page<R>>): Loaded<R> {
  const { data, error, isLoading, isFetching, refetch } = result;
  return {
    data: data?.items[0],
    error: data?.items.length === 0 ? missing : error,
    isLoading,
    isFetching,
    refetch: async () => ({ data: (await refetch()).data?.items[0] }),
  };
}
