import { useEffect } from "react";

import type { Page as PageOfRows, Row } from "../api/types.ts";
import { ListFrame, type ListProps } from "./ListFrame.tsx";
import { Pager } from "./Pager.tsx";
import type { Loaded } from "./types.ts";
import type { ListState } from "./useListState.ts";

interface ListViewProps<R extends Row> extends ListProps<R> {
  result: Loaded<PageOfRows<R>>;
}

/** A list by page, sorted by any column that can be. */
export function ListView<R extends Row>(props: ListViewProps<R>) {
  const { list, result } = props;
  const { data } = result;
  const beyond = useLastPage(list, data);
  return (
    <ListFrame
      {...props}
      rows={beyond ? undefined : data?.items}
      onSort={list.setSort}
      footer={<Pager list={list} total={data?.total ?? 0} />}
    />
  );
}

/** After rows were removed the page may no longer exist; the last one is asked for then, and it says so. */
function useLastPage<R>(list: ListState, data: PageOfRows<R> | undefined): boolean {
  const last = data === undefined ? list.page : Math.max(1, Math.ceil(data.total / list.pageSize));
  const { page, setPage } = list;
  useEffect(() => {
    if (page > last) setPage(last);
    // oxlint-disable-next-line react/exhaustive-deps -- setPage is made anew on each render
  }, [page, last]);
  return page > last;
}
