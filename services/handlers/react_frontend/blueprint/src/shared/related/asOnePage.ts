import type { Page } from "../api/types.ts";
import type { LoadedCursor } from "../list/CursorListView.tsx";
import type { Loaded } from "../list/types.ts";

/** What was read so far of a long list in the order of time, as panels take it. */
export function asOnePage<R>(result: LoadedCursor<R>): Loaded<Page<R>> {
  const { data, error, isLoading, isFetching } = result;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const page = { items, total: data?.pages[0]?.total ?? 0, page: 1, page_size: items.length };
  return {
    data: data === undefined ? undefined : page,
    error,
    isLoading,
    isFetching,
    refetch: async () => {
      await result.refetch();
      return {};
    },
  };
}
