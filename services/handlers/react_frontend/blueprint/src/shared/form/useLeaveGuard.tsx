import { type ReactNode, useEffect } from "react";
import { useBlocker } from "react-router";

import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";

/** Asks before unsaved input is lost, by a link as well as by closing the tab. Render what it gives back. */
export function useLeaveGuard(active: boolean): ReactNode {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!active) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);

  return (
    <ConfirmDialog
      open={blocker.state === "blocked"}
      title="Leave without saving?"
      body="What you entered has not been saved and would be lost."
      confirmLabel="Leave"
      destructive
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
