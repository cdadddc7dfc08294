import { lazy, Suspense, useMemo } from "react";

import type { Feature } from "../../shared/feature.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";

/** What features put into the bar at the top, or above every page. */
export function SlotControls({ features, slot }: { features: Feature[]; slot: "header" | "banner" }) {
  const visitor = useVisitor();
  const controls = useMemo(
    () =>
      features
        .flatMap((feature) => feature.slots?.[slot] ?? [])
        .map((control) => ({ ...control, Component: lazy(control.load) })),
    [features, slot],
  );
  return controls
    .filter((control) => control.access(visitor))
    .map(({ key, Component }) => (
      <Suspense key={key} fallback={null}>
        <Component />
      </Suspense>
    ));
}
