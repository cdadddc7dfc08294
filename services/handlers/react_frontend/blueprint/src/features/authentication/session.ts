import type { AxiosRequestConfig } from "axios";

import { api } from "../../shared/api/api.ts";
import { client, renewOnce, setAccessToken, setSessionRenewal, tokenOf } from "../../shared/api/client.ts";
import { toApiError } from "../../shared/api/errors.ts";
import type { FeatureStore } from "../../shared/feature.ts";
import { sessionClosed, sessionOpened, type SessionState } from "../../shared/session/session.ts";
import { authenticationApi, type MeAnswer } from "./api.ts";

/** Remembers in this browser that a session may be open, so that strangers cause no vain request. */
const hintKey = "session-open";
/** When a renewal was sent whose answer nobody has seen yet, in milliseconds. */
const sentKey = "session-renewal";
/** How long such a renewal may still be on its way, in milliseconds. */
const patience = 1000;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("session");

/** Runs before the first page: a session that is still open goes on without a word. */
export async function start(store: FeatureStore): Promise<void> {
  setSessionRenewal(() => renew(store));
  channel?.addEventListener("message", () => forgetVisitor(store));
  if (remembered(hintKey) === null) return;
  if ((await renewOnce()) !== null) await loadVisitor(store).catch((failure) => giveUp(store, failure));
}

/** Called after sign-in and registration. */
export async function openSession(store: FeatureStore, tokens: unknown): Promise<void> {
  // Somebody else may have been signed in until now.
  if ((await tokenOf(false)) !== null) closeSession(store);
  acceptTokens(tokens);
  await loadVisitor(store);
}

/** Ends the session in all tabs. */
export function closeSession(store: FeatureStore): void {
  forgetVisitor(store);
  remember(hintKey, null);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel knows no other origin
  channel?.postMessage("closed");
}

/** What the last visitor was allowed to see must not be shown to the next. */
function forgetVisitor(store: FeatureStore): void {
  setAccessToken(null);
  store.dispatch(sessionClosed());
  store.dispatch(api.util.resetApiState());
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

/** Nobody is signed out for asking too often, or because no answer came: the page says so, and tries again. */
function giveUp(store: FeatureStore, failure: unknown): void {
  const { status } = toApiError(failure);
  if (status === 0 || status === 429 || status >= 500) throw failure;
  closeSession(store);
}

/**
 * Uses the refresh token up and keeps the next one. A page that is left meanwhile (a fast reload) must not lose the
 * answer, which carries the only token that is good from then on: so the request outlives its page, and the next page
 * waits for it.
 */
async function refresh(): Promise<string | null> {
  const waiting = Number(remembered(sentKey) ?? 0) + patience - Date.now();
  if (waiting > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waiting, patience)));
  remember(sentKey, String(Date.now()));
  try {
    const answer = await client.post<{ tokens: unknown }>("/refresh", {}, renewal);
    remember(sentKey, null);
    return acceptTokens(answer.data.tokens);
  } catch (failure) {
    if (toApiError(failure).status !== 0) remember(sentKey, null);
    throw failure;
  }
}

const renewal: AxiosRequestConfig = {
  anonymous: true,
  adapter: "fetch",
  fetchOptions: { keepalive: true },
};

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
  remember(hintKey, "1");
  return tokens.access_token;
}

function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Without storage a reload asks for the password again.
  }
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
