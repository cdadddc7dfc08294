import { useMemo } from "react";
import { useSelector } from "react-redux";

import { type SessionState, toVisitor, type Visitor } from "./session.ts";

export function useSession(): SessionState {
  return useSelector((state: { session: SessionState }) => state.session);
}

export function useVisitor(): Visitor {
  const session = useSession();
  return useMemo(() => toVisitor(session), [session]);
}
