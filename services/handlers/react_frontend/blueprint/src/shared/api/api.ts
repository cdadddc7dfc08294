import { type BaseQueryFn, createApi } from "@reduxjs/toolkit/query/react";
import type { AxiosRequestConfig } from "axios";

import { client } from "./client.ts";
import { type ApiError, toApiError } from "./errors.ts";
import type { ListQuery } from "./types.ts";

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
}

const axiosBaseQuery: BaseQueryFn<Request, unknown, ApiError> = async (request, { signal }) => {
  const config: AxiosRequestConfig = {
    url: request.url,
    method: request.method ?? "GET",
    params: request.params,
    data: request.body,
    anonymous: request.anonymous ?? false,
    signal,
    headers: {
      ...(request.version === undefined ? {} : { "If-Match": `"${request.version}"` }),
      ...(request.idempotencyKey === undefined ? {} : { "Idempotency-Key": request.idempotencyKey }),
    },
  };
  try {
    const response = await client.request<unknown>(config);
    return { data: response.data };
  } catch (failure) {
    return { error: toApiError(failure) };
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
