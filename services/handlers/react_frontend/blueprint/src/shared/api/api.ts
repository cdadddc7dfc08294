import { type BaseQueryFn, createApi } from "@reduxjs/toolkit/query/react";
import type { AxiosRequestConfig } from "axios";

import { client } from "./client.ts";
import { type ApiError, toApiError } from "./errors.ts";
import type { ListQuery } from "./types.ts";
import * as unanswered from "./unanswered.ts";

export interface Request {
  url: string;
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  params?: ListQuery | undefined;
  body?: unknown;
  /** Row version to send as If-Match; the server refuses the write (412) when the row has changed since. */
  version?: number | undefined;
  anonymous?: boolean;
  /** Names a write, so that sending it once more after a lost answer does not do it twice. */
  idempotencyKey?: string;
  /** Whether a write has to be named so; it is, by what it sends. */
  once?: boolean;
}

const axiosBaseQuery: BaseQueryFn<Request, unknown, ApiError> = async (request, { signal }) => {
  const idempotencyKey = request.once ? unanswered.keyOf(request) : request.idempotencyKey;
  const config: AxiosRequestConfig = {
    url: request.url,
    method: request.method ?? "GET",
    params: request.params,
    data: request.body,
    anonymous: request.anonymous ?? false,
    signal,
    headers: {
      ...(request.version === undefined ? {} : { "If-Match": `"${request.version}"` }),
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
    },
  };
  try {
    const response = await client.request<unknown>(config);
    unanswered.settle(request);
    return { data: response.data };
  } catch (failure) {
    const error = toApiError(failure);
    // Whether it was done is not known without an answer, nor after a fault of the server.
    if (error.status > 0 && error.status < 500) unanswered.settle(request);
    return { error };
  }
};

/** The API slice. Each feature injects its own endpoints. */
export const api = createApi({
  reducerPath: "api",
  baseQuery: axiosBaseQuery,
  tagTypes: ["Choices"],
  refetchOnReconnect: true,
  keepUnusedDataFor: 60,
  endpoints: () => ({}),
});
