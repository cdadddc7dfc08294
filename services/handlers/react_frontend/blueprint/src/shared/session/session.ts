import { createSlice, type PayloadAction } from "@reduxjs/toolkit";

/** The caller as the page knows them. A stranger has no id and no permission. */
export interface SessionState {
  userId: string | null;
  name: string;
  email: string;
  /** Null when the server does not tell: everything is then offered, and the server refuses what it must. */
  permissions: string[] | null;
}

export const stranger: SessionState = { userId: null, name: "", email: "", permissions: [] };

const slice = createSlice({
  name: "session",
  initialState: stranger,
  reducers: {
    sessionOpened: (_state, action: PayloadAction<SessionState>) => action.payload,
    sessionClosed: () => stranger,
  },
});

export const { sessionOpened, sessionClosed } = slice.actions;
export const sessionReducer = slice.reducer;

/** What access functions ask: who looks at the page, and what may they do. The server decides again on every request. */
export interface Visitor {
  signedIn: boolean;
  id: string | null;
  can: (permission: string) => boolean;
}

export type Access = (visitor: Visitor) => boolean;

export const anyone: Access = () => true;
export const signedIn: Access = (visitor) => visitor.signedIn;

export function toVisitor(session: SessionState): Visitor {
  const granted = session.permissions === null ? null : new Set(session.permissions);
  return {
    signedIn: session.userId !== null,
    id: session.userId,
    can: (permission) => granted === null || granted.has(permission),
  };
}
