import { api } from "../../shared/api/api.ts";
import { client, renewOnce, setAccessToken, setSessionRenewal } from "../../shared/api/client.ts";
import { toApiError } from "../../shared/api/errors.ts";
import type { FeatureStore } from "../../shared/feature.ts";
import { sessionClosed, sessionOpened, type SessionState } from "../../shared/session/session.ts";
import { authenticationApi, type MeAnswer } from "./api.ts";

/** Remembers in this browser that a session may be open, so that strangers cause no vain request. */
const hintKey = "session-open";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("session");

/** Runs before the first page: a session that is still open goes on without a word. */
export async function start(store: FeatureStore): Promise<void> {
  setSessionRenewal(() => renew(store));
  channel?.addEventListener("message", () => closeSession(store, false));
  if (!hinted()) return;
  if ((await renewOnce()) !== null) await loadVisitor(store).catch((failure) => giveUp(store, failure));
}

/** Called after sign-in and registration. */
export async function openSession(store: FeatureStore, tokens: unknown): Promise<void> {
  acceptTokens(tokens);
  await loadVisitor(store);
}

export function closeSession(store: FeatureStore, tellOtherTabs = true): void {
  setAccessToken(null);
  hint(false);
  store.dispatch(sessionClosed());
  // What the last visitor was allowed to see must not be shown to the next.
  store.dispatch(api.util.resetApiState());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel knows no other origin
  if (tellOtherTabs) channel?.postMessage("closed");
}

/** What the server may add to the answer of `me`. */
type Told = MeAnswer & { user: { email?: string }; permissions?: string[] };

/** What the page needs to know of the answer of `me`. */
export function toSession(answer: MeAnswer): SessionState {
  const { user, permissions }: Told = answer;
  return { userId: user.id, name: user.display, email: user.email ?? "", permissions: permissions ?? null };
}

/**
 * Asks for a new access token, one tab at a time: each request uses its refresh token up, and two tabs that sent the
 * same one would look like a theft to the server, which then ends the session.
 */
async function renew(store: FeatureStore): Promise<string | null> {
  try {
    return await ("locks" in navigator ? navigator.locks.request("session-refresh", refresh) : refresh());
  } catch (failure) {
    // Without an answer (no network) the session may still be good, so it is not given up.
    const { status } = toApiError(failure);
    if (status === 401) closeSession(store);
    if (status === 429) throw failure;
    return null;
  }
}

/** Who asks too often is not signed out for it: the page waits, and tries again. */
function giveUp(store: FeatureStore, failure: unknown): void {
  if (toApiError(failure).status === 429) throw failure;
  closeSession(store, false);
}

async function refresh(): Promise<string | null> {
  const answer = await client.post<{ tokens: unknown }>("/refresh", {}, { anonymous: true });
  return acceptTokens(answer.data.tokens);
}

async function loadVisitor(store: FeatureStore): Promise<void> {
  const answer = await store
    .dispatch(authenticationApi.endpoints.me.initiate(undefined, { forceRefetch: true, subscribe: false }))
    .unwrap();
  store.dispatch(sessionOpened(toSession(answer)));
}

/** Keeps the access token of an answer; the refresh token came as a cookie that scripts cannot read. */
function acceptTokens(tokens: unknown): string | null {
  if (typeof tokens !== "object" || tokens === null || !("access_token" in tokens)) return null;
  if (typeof tokens.access_token !== "string") return null;
  setAccessToken(tokens.access_token);
  hint(true);
  return tokens.access_token;
}

function hint(open: boolean): void {
  try {
    if (open) localStorage.setItem(hintKey, "1");
    else localStorage.removeItem(hintKey);
  } catch {
    // Without storage a reload asks for the password again.
  }
}

function hinted(): boolean {
  try {
    return localStorage.getItem(hintKey) !== null;
  } catch {
    return false;
  }
}
