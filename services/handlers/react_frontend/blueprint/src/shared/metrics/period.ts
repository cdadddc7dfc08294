import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { MetricQuery, Step } from "./types.ts";

interface Period {
  label: string;
  days: number;
  step: Step;
}

export const periods = {
  week: { label: "7 days", days: 7, step: "day" },
  month: { label: "30 days", days: 30, step: "day" },
  quarter: { label: "13 weeks", days: 91, step: "week" },
  year: { label: "12 months", days: 365, step: "month" },
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof periods;

export const dayLength = 86_400_000;

/** The days up to today, as the server counts them: in UTC. */
export function queryOf(name: PeriodName, now: Date = new Date()): MetricQuery {
  const { days, step } = periods[name];
  const from = new Date(now.getTime() - (days - 1) * dayLength);
  return { step, from: from.toISOString().slice(0, 10), to: now.toISOString().slice(0, 10) };
}

/** The period that the address names, `?period=year`; a month without one. */
export function usePeriod() {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get("period") ?? "";
  const name: PeriodName = asked in periods ? (asked as PeriodName) : "month";
  const query = useMemo(() => queryOf(name), [name]);
  const choose = (chosen: PeriodName) =>
    setParameters((current) => {
      const next = new URLSearchParams(current);
      if (chosen === "month") next.delete("period");
      else next.set("period", chosen);
      return next;
    });
  return { name, query, choose };
}
