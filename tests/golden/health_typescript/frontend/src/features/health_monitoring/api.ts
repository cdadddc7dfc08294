import { api } from "../../shared/api/api.ts";

export interface LiveAnswer {
  status: "ok";
}

export interface ReadyAnswer {
  status: "ok" | "failing";
  checks: { name: string; state: "up" | "down"; required: boolean; milliseconds: number | null }[];
}

export const healthMonitoringApi = api.injectEndpoints({
  endpoints: (build) => ({
    live: build.query<LiveAnswer, void>({
      query: () => ({ url: "/live" }),
    }),
    ready: build.query<ReadyAnswer, void>({
      query: () => ({ url: "/ready" }),
    }),
  }),
});

export const { useLiveQuery, useReadyQuery } = healthMonitoringApi;
