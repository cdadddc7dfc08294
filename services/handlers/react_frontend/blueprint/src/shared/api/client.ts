import axios, { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from "axios";

import { formatWait } from "../format.ts";
import { type ApiError, isApiError } from "./errors.ts";

declare module "axios" {
  interface AxiosRequestConfig {
    /** Set on the second attempt after a refresh, so that a request is repeated once at most. */
    repeated?: boolean;
    /** Set on requests that open or renew the session: they carry no token and trigger no refresh. */
    anonymous?: boolean;
  }
}

/**
 * The HTTP client. The access token lives in memory only; the refresh token is a cookie that scripts
 * cannot read, which `X-Token-Transport: cookie` asks the server for.
 */
export const client = axios.create({
  baseURL: "/api",
  timeout: 30_000,
  headers: { Accept: "application/json", "X-Token-Transport": "cookie" },
});

let accessToken: string | null = null;
let renewSession: (() => Promise<string | null>) | null = null;
let renewal: Promise<string | null> | null = null;

const tokenListeners = new Set<(token: string | null) => void>();

export function setAccessToken(token: string | null): void {
  accessToken = token;
  for (const listener of tokenListeners) listener(token);
}

/** The access token as it is now, or a new one. */
export function tokenOf(renewed: boolean): Promise<string | null> {
  return renewed ? renewOnce() : Promise.resolve(accessToken);
}

/** Tells of each new access token, for connections that outlive one. Gives back how to end it. */
export function onAccessToken(listener: (token: string | null) => void): () => void {
  tokenListeners.add(listener);
  return () => tokenListeners.delete(listener);
}

/** Gives true where it takes the failure upon itself. */
type FailureListener = (failure: ApiError) => boolean;

const failureListeners = new Set<FailureListener>();

/** Tells of each request that failed, for what concerns the whole application. Gives back how to end it. */
export function onFailure(listener: FailureListener): () => void {
  failureListeners.add(listener);
  return () => failureListeners.delete(listener);
}

/** Installed by the feature that knows how to renew a session; gives the new access token, or null. */
export function setSessionRenewal(renew: typeof renewSession): void {
  renewSession = renew;
}

/** Renews the session once, however many requests ask for it at the same time. */
export function renewOnce(): Promise<string | null> {
  renewal ??= (renewSession?.() ?? Promise.resolve(null)).finally(() => {
    renewal = null;
  });
  return renewal;
}

client.interceptors.request.use((config) => {
  if (accessToken !== null && config.anonymous !== true) {
    config.headers.set("Authorization", `Bearer ${accessToken}`);
  }
  return config;
});

client.interceptors.response.use(undefined, async (failure: unknown): Promise<AxiosResponse> => {
  if (mayRepeat(failure)) {
    // Another request may have renewed the session while this one was under way.
    const stale = failure.config.headers.get("Authorization") !== `Bearer ${accessToken}`;
    const token = stale ? accessToken : await renewOnce();
    if (token !== null) return client.request({ ...failure.config, repeated: true });
  }
  const described = withWait(describeFailure(failure), failure);
  const taken = [...failureListeners].filter((listener) => listener(described)).length > 0;
  throw taken ? { ...described, taken } : described;
});

function mayRepeat(failure: unknown): failure is AxiosError & { config: InternalAxiosRequestConfig } {
  return (
    failure instanceof AxiosError &&
    failure.response?.status === 401 &&
    failure.config !== undefined &&
    failure.config.anonymous !== true &&
    failure.config.repeated !== true &&
    accessToken !== null &&
    renewSession !== null
  );
}

/** Who asks too often is told how long to wait. */
function withWait(described: ApiError, failure: unknown): ApiError {
  if (described.status !== 429 || !(failure instanceof AxiosError)) return described;
  const headers = failure.response?.headers ?? {};
  const seconds = Number(headers["retry-after"] ?? headers["ratelimit-reset"]);
  if (!Number.isFinite(seconds) || seconds < 0) return described;
  const message = `Too many requests. Try again ${formatWait(seconds)}.`;
  return { ...described, message, retryAfter: seconds };
}

/** The error the API sent, or a sentence that stands in for it when it sent none. */
function describeFailure(failure: unknown): ApiError {
  if (isApiError(failure)) return failure;
  if (!(failure instanceof AxiosError)) {
    return { code: "unknown", status: 0, message: "Something went wrong. Please try again.", fields: [] };
  }
  const { response } = failure;
  if (response === undefined) {
    const message =
      failure.code === AxiosError.ECONNABORTED
        ? "The server took too long to answer. Please try again."
        : "The server cannot be reached. Check your connection and try again.";
    return { code: "network", status: 0, message, fields: [] };
  }
  const body: unknown = response.data;
  if (typeof body === "object" && body !== null && "error" in body && isApiError(body.error))
    return body.error;
  const correlation: unknown = response.headers["x-correlation-id"];
  return {
    code: "unknown",
    status: response.status,
    message: "The server gave an answer that this page does not understand. Please try again.",
    fields: [],
    ...(typeof correlation === "string" ? { correlation } : {}),
  };
}
