import type { Reference } from "../api/types.ts";

/** What a group is of: a member of a set, a number, a text, another row; null where rows have none. */
export type MetricGroup = string | number | boolean | Reference | null;

export interface MetricItem {
  /** The first day of the step of time. */
  over?: string;
  by?: MetricGroup;
  /** Exact decimals travel as text; an average over no rows is null. */
  value: number | string | null;
}

export interface MetricAnswer {
  items: MetricItem[];
  /** There are further steps or groups than these. */
  more: boolean;
}

export type Step = "day" | "week" | "month";

/** Which days a metric that follows time tells of; both ends are included. */
export interface MetricQuery {
  step: Step;
  from: string;
  to: string;
}

export type ChartKind = "number" | "bar" | "line" | "pie";
