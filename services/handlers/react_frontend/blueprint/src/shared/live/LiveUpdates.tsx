import Alert from "@mui/material/Alert";
import { useEffect, useState } from "react";
import type { ThunkAction, ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { useDispatch } from "react-redux";

import { api } from "../api/api.ts";
import { client, onAccessToken, tokenOf } from "../api/client.ts";
import { type ApiRoot, patchRow, type Tag } from "../api/patch.ts";
import { useVisitor } from "../session/useVisitor.ts";
import { LiveChannel, type LiveEvent, type LiveMessage, type LiveState } from "./channel.ts";
import { liveMessages } from "./messages.ts";

/** A short interruption heals itself before anybody needs to know. */
const quietFor = 3000;

/** Keeps what is shown up to date while somebody is signed in, and says so when it cannot. */
export function LiveUpdates() {
  const { id } = useVisitor();
  const dispatch = useDispatch<ThunkDispatch<ApiRoot, unknown, UnknownAction>>();
  const [state, setState] = useState<LiveState>("closed");
  const interrupted = useLasting(state === "waiting" || state === "connecting");

  useEffect(() => {
    if (id === null) return undefined;
    const receive = (message: LiveMessage) => {
      // What was missed is not known, so nothing that was kept can be trusted.
      if (message.type === "reset") dispatch(api.util.resetApiState());
      if (message.type === "event") dispatch(follow(message));
      liveMessages.tell(message);
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
      liveMessages.ended();
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

/** A row that is on the page is changed where it stands; else what may hold it is asked for again. */
function follow({ model, id, name, row }: LiveEvent): ThunkAction<void, ApiRoot, unknown, UnknownAction> {
  return (dispatch) => {
    const changed = typeof row === "object" && row !== null && !name.endsWith(".created");
    const known = changed && dispatch(patchRow(model, id, row)).everywhere;
    // Figures, such as how many are unread, follow from all rows.
    const stale = known ? { type: model, id: "FIGURES" } : model;
    dispatch(api.util.invalidateTags([stale as Tag]));
  };
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
