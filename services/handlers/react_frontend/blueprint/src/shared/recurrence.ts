import type { Rule } from "./form/rules.ts";

export const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** How often something comes again, as far as these inputs say it. */
export interface Recurrence {
  frequency: (typeof frequencies)[number];
  /** Every so many days, weeks, months or years; "" while nothing is entered. */
  interval: string;
  /** Of a week; none means the day it begins on. */
  days: readonly string[];
}

const units = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };

/** Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,WE`; null where it says more than these inputs can. */
export function recurrenceOf(rule: string): Recurrence | null {
  const {
    FREQ,
    INTERVAL = "1",
    BYDAY,
    ...rest
  } = Object.fromEntries(rule.split(";").map((part) => part.split("=", 2))) as Record<
    string,
    string | undefined
  >;
  const frequency = frequencies.find((name) => name === FREQ);
  const days = BYDAY === undefined ? [] : BYDAY.split(",");
  const plain =
    Object.keys(rest).length === 0 && days.every((day) => weekdays.some((known) => known === day));
  if (frequency === undefined || !plain || !/^\d*$/u.test(INTERVAL)) return null;
  if (days.length > 0 && frequency !== "WEEKLY") return null;
  return { frequency, interval: INTERVAL, days };
}

/** The rule as it travels. */
export function ruleText({ frequency, interval, days }: Recurrence): string {
  const chosen = weekdays.filter((day) => days.includes(day));
  return [
    `FREQ=${frequency}`,
    ...(interval === "1" ? [] : [`INTERVAL=${interval}`]),
    ...(frequency === "WEEKLY" && chosen.length > 0 ? [`BYDAY=${chosen.join(",")}`] : []),
  ].join(";");
}

/** A weekday in the words of this place. */
export function weekdayName(day: string, width: "short" | "long"): string {
  // The first of January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + weekdays.findIndex((known) => known === day)));
  return new Intl.DateTimeFormat(undefined, { weekday: width, timeZone: "UTC" }).format(date);
}

/** "Every 2 weeks on Mon and Wed"; a rule that says more as it is. */
export function formatRule(rule: string): string {
  const found = recurrenceOf(rule);
  if (found === null) return rule;
  const unit = units[found.frequency];
  const every = found.interval === "1" ? `Every ${unit}` : `Every ${found.interval} ${unit}s`;
  if (found.days.length === 0) return every;
  const names = found.days.map((day) => weekdayName(day, "short"));
  return `${every} on ${new Intl.ListFormat().format(names)}`;
}

/** How often something comes again: `FREQ=WEEKLY;BYDAY=MO`. */
export function recurrence(): Rule<string> {
  const shape = /^(?!.*INTERVAL=0*(?:;|$))FREQ=[A-Z]+(?:;[A-Z]+=[-+A-Z0-9,]+)*$/u;
  return (value) => (value === "" || shape.test(value) ? undefined : "Say how often, as a number above 0.");
}
