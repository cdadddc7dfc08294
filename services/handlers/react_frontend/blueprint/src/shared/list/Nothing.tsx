import Button from "@mui/material/Button";

import { EmptyState } from "../ui/EmptyState.tsx";
import type { EmptyList } from "./types.ts";
import type { ListState } from "./useListState.ts";

/** An empty list says how to fill it; one that is empty because of its filters says how to clear them. */
export function Nothing({ list, empty }: { list: ListState; empty: EmptyList }) {
  if (!list.filtered) return <EmptyState {...empty} />;
  return (
    <EmptyState
      icon="search"
      title="Nothing fits"
      body="No entry matches this search and these filters."
      action={
        <Button variant="outlined" onClick={list.clear}>
          Clear search and filters
        </Button>
      }
    />
  );
}
