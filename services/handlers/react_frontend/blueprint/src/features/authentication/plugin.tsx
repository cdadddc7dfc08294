import ListItemIcon from "@mui/material/ListItemIcon";
import MenuItem from "@mui/material/MenuItem";
import { useEffect } from "react";
import { useStore } from "react-redux";
import { useNavigate } from "react-router";

import type { Feature } from "../../shared/feature.ts";
import { sessionOpened } from "../../shared/session/session.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Icon } from "../../shared/ui/icons.tsx";
import { useLogoutMutation, useMeQuery } from "./api.ts";
import { closeSession, start, toSession } from "./session.ts";

/** What sign-in adds to the application beside its pages. */
export const plugin: Pick<Feature, "start" | "slots" | "signInPath"> = {
  start,
  signInPath: "/login",
  slots: { account: [SignOutItem], background: [SessionKeeper] },
};

function SignOutItem({ onDone }: { onDone: () => void }) {
  const store = useStore();
  const navigate = useNavigate();
  const [logout] = useLogoutMutation();
  const signOut = async () => {
    onDone();
    // Whatever the server answers, this browser forgets the session.
    await logout().catch(() => undefined);
    closeSession(store);
    await navigate("/login");
  };
  return (
    <MenuItem onClick={() => void signOut()}>
      <ListItemIcon>
        <Icon name="logout" fontSize="small" />
      </ListItemIcon>
      Sign out
    </MenuItem>
  );
}

/** Follows changes of the visitor's own name and permissions while the page is open. */
function SessionKeeper() {
  const store = useStore();
  const visitor = useVisitor();
  const { data } = useMeQuery(undefined, { skip: !visitor.signedIn });
  useEffect(() => {
    if (data !== undefined) store.dispatch(sessionOpened(toSession(data)));
  }, [data, store]);
  return null;
}
