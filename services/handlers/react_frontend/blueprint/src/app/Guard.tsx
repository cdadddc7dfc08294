import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import type { Access } from "../shared/session/session.ts";
import { useVisitor } from "../shared/session/useVisitor.ts";
import { ForbiddenPage } from "./pages/ForbiddenPage.tsx";

interface GuardProps {
  access: Access;
  signInPath: string | undefined;
  children: ReactNode;
}

/**
 * Shows a page only to those who may see it. A stranger is sent to sign in and comes back afterwards; somebody who is
 * signed in is told that they lack access. This spares a useless request; the server decides for itself.
 */
export function Guard({ access, signInPath, children }: GuardProps) {
  const visitor = useVisitor();
  const location = useLocation();
  if (access(visitor)) return children;
  if (!visitor.signedIn && signInPath !== undefined) {
    return <Navigate to={signInPath} replace state={{ from: location.pathname + location.search }} />;
  }
  return <ForbiddenPage />;
}
