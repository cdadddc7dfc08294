import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";

import { onFailure } from "../../shared/api/client.ts";
import type { Feature } from "../../shared/feature.ts";

/** Leads those whose requests are refused for a step that must come first to the page of that step. */
export function GateKeeper({ features }: { features: Feature[] }) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(
    () =>
      onFailure(({ code }) => {
        const path = features.find((feature) => feature.gates?.[code] !== undefined)?.gates?.[code];
        if (path === undefined) return false;
        void navigate(path, { replace: true, state: { from: pathname + search } });
        return true;
      }),
    [features, navigate, pathname, search],
  );
  return null;
}
