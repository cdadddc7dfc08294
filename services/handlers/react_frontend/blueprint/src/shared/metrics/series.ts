import { formatDate, formatNumber } from "../format.ts";
import { dayLength } from "./period.ts";
import type { MetricAnswer, MetricGroup, MetricItem, MetricQuery, Step } from "./types.ts";

/** What a chart draws: a line or a stack of columns for each series, a place on the axis for each label. */
export interface Chart {
  labels: string[];
  series: Series[];
}

export interface Series {
  name: string;
  values: number[];
  /** The same values as the server gave them, exactly. */
  exact: string[];
}

/** More lines or slices than these cannot be told apart; the table has all of them. */
export const mostSeries = 6;

/** What people read for a group; `names` are the words for the members of a set. */
export function groupName(group: MetricGroup | undefined, names: Record<string, string> = {}): string {
  if (group === null || group === undefined || group === "") return "None";
  if (typeof group === "object") return group.display;
  if (typeof group === "boolean") return group ? "Yes" : "No";
  return names[String(group)] ?? String(group);
}

export function formatValue(value: MetricItem["value"] | undefined): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "number") return formatNumber(value);
  const point = value.indexOf(".");
  const digits = point === -1 ? 0 : value.length - point - 1;
  // The text itself is formatted, so that no digit of an exact decimal is lost.
  const format = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(value as Intl.StringNumericLiteral);
}

/** The first days of all steps of a period: the server names only those that have rows. */
export function stepsOf({ step, from, to }: MetricQuery): string[] {
  const found: string[] = [];
  const last = Date.parse(to);
  for (let at = startOf(step, from); at.getTime() <= last; at = following(step, at)) {
    found.push(at.toISOString().slice(0, 10));
  }
  return found;
}

function startOf(step: Step, day: string): Date {
  const date = new Date(`${day}T00:00:00Z`);
  if (step === "month") date.setUTCDate(1);
  // Weeks begin on Monday.
  if (step === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date;
}

function following(step: Step, at: Date): Date {
  if (step === "month") return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  return new Date(at.getTime() + (step === "week" ? 7 : 1) * dayLength);
}

const months = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });

/** "Jan 2026" for a month, "week of Jan 5, 2026", else the day. */
export function stepName(step: Step, day: string): string {
  if (step === "month") return months.format(new Date(`${day}T00:00:00Z`));
  return step === "week" ? `week of ${formatDate(day)}` : formatDate(day);
}

/** The answer as series over the steps of time: one for each group, the largest first. */
export function overTime(answer: MetricAnswer, query: MetricQuery, names?: Record<string, string>): Chart {
  const steps = stepsOf(query);
  const grouped = new Map<string, Map<string, MetricItem["value"]>>();
  for (const { over = "", by, value } of answer.items) {
    const name = by === undefined ? "" : groupName(by, names);
    const values = grouped.get(name) ?? new Map<string, MetricItem["value"]>();
    grouped.set(name, values.set(over, value));
  }
  const series = [...grouped].map(([name, values]) => ({
    name,
    values: steps.map((day) => Number(values.get(day) ?? 0)),
    exact: steps.map((day) => formatValue(values.has(day) ? (values.get(day) ?? null) : 0)),
  }));
  return {
    labels: steps.map((day) => stepName(query.step, day)),
    series: series.toSorted((one, other) => total(other.values) - total(one.values)),
  };
}

/** The answer as one series over its groups. */
export function overGroups(answer: MetricAnswer, title: string, names?: Record<string, string>): Chart {
  return {
    labels: answer.items.map(({ by }) => groupName(by, names)),
    series: [
      {
        name: title,
        values: answer.items.map(({ value }) => Number(value ?? 0)),
        exact: answer.items.map(({ value }) => formatValue(value)),
      },
    ],
  };
}

export function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A round number at or above the largest value, and the steps to it: 0, 5, 10, 15, 20. */
export function scaleOf(largest: number): number[] {
  if (largest <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(largest));
  const size =
    [1, 2, 2.5, 5, 10].map((factor) => (factor * power) / 2).find((step) => largest / step <= 5) ?? power;
  // Counts have no halves.
  const step = largest <= 5 && Number.isInteger(largest) ? 1 : size;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}
