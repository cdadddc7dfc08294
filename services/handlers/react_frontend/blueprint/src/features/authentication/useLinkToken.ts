import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

/**
 * The one-time token of a link in a mail. It stands in the fragment, which browsers send to no server, and is taken out
 * of the address at once, so that it is neither kept in the history nor seen by somebody who looks on.
 */
export function useLinkToken(): string | null {
  const { hash, pathname, search, state } = useLocation();
  const navigate = useNavigate();
  const found = new URLSearchParams(hash.slice(1)).get("token");
  const [token, setToken] = useState(found);
  if (found !== null && found !== token) setToken(found);
  useEffect(() => {
    if (found === null) return;
    void navigate(pathname + search, { replace: true, state: state as unknown });
  }, [found, navigate, pathname, search, state]);
  return token;
}
