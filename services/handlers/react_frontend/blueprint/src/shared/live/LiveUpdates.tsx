import Alert from "@mui/material/Alert";
import { useEffect, useState } from "react";
import { useDispatch } from "react-redux";

import { api } from "../api/api.ts";
import { client, onAccessToken, tokenOf } from "../api/client.ts";
import { useVisitor } from "../session/useVisitor.ts";
import { LiveChannel, type LiveMessage, type LiveState } from "./channel.ts";
import { signals } from "./signals.ts";

/** Tags of RTK Query are named as the models are; which there are is up to the features. */
type Tag = Parameters<typeof api.util.invalidateTags>[0][number];

/** A short interruption heals itself before anybody needs to know. */
const quietFor = 3000;

/** Keeps what is shown up to date while somebody is signed in, and says so when it cannot. */
export function LiveUpdates() {
  const { id } = useVisitor();
  const dispatch = useDispatch();
  const [state, setState] = useState<LiveState>("closed");
  const interrupted = useLasting(state === "waiting" || state === "connecting");

  useEffect(() => {
    if (id === null) return undefined;
    const receive = (message: LiveMessage) => {
      // What was missed is not known, so nothing that was kept can be trusted.
      if (message.type === "reset") dispatch(api.util.resetApiState());
      if (message.type === "event") dispatch(api.util.invalidateTags([message.model as Tag]));
      if (message.type === "signal") signals.tell(message);
    };
    const channel = new LiveChannel({
      address: address(),
      token: tokenOf,
      onMessage: receive,
      onState: setState,
    });
    channel.open();
    const forget = onAccessToken((token) => {
      if (token !== null) channel.renew(token);
    });
    return () => {
      forget();
      channel.close();
    };
  }, [dispatch, id]);

  if (!interrupted) return null;
  return (
    <Alert
      severity="warning"
      role="status"
      sx={{ position: "fixed", bottom: 16, right: 16, zIndex: "snackbar", boxShadow: 3 }}
    >
      The connection is interrupted. What others do appears once it is back.
    </Alert>
  );
}

function address(): string {
  const base = new URL(client.defaults.baseURL ?? "/api", window.location.href);
  return `${base.href.replace(/^http/u, "ws")}/stream`;
}

/** True once `value` has been so for a while. */
function useLasting(value: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(value), value ? quietFor : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return lasting;
}
