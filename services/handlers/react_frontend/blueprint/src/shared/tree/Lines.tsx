import type { ReactNode } from "react";

import { PlainList } from "../ui/PlainList.tsx";

/** The lines of a level; each further one is set off to the right. */
export function Lines({ label, depth, children }: { label: string; depth: number; children: ReactNode }) {
  return (
    <PlainList
      aria-label={label}
      sx={depth === 0 ? {} : { ml: { xs: 2.25, sm: 3.25 }, borderLeft: 1, borderColor: "divider" }}
    >
      {children}
    </PlainList>
  );
}
