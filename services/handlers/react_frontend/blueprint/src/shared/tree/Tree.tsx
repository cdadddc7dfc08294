import Card from "@mui/material/Card";

import type { Row } from "../api/types.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { TreeLevel } from "./TreeLevel.tsx";
import type { TreeProps } from "./types.ts";

/** Rows below one another. What is below a row comes when it is opened. */
export function Tree<R extends Row>(props: TreeProps<R>) {
  return (
    <Card component="section" aria-label={props.label} sx={{ py: 1 }}>
      <TreeLevel {...props} above={null} depth={0} nothing={<EmptyState {...props.empty} />} />
    </Card>
  );
}
