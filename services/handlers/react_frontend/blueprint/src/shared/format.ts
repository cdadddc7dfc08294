const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const wholeNumber = new Intl.NumberFormat();
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

export function formatDateTime(value: string): string {
  return dateTime.format(new Date(value));
}

/** A calendar date, which belongs to no time zone. */
export function formatDate(value: string): string {
  return dateOnly.format(new Date(`${value}T00:00:00Z`));
}

export function formatNumber(value: number): string {
  return wholeNumber.format(value);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 hours ago" for what is near, the date for what is a week or more away. */
export function formatRelative(value: string, now: Date = new Date()): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return dateTime.format(new Date(value));
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, "second");
}

/** "in 20 seconds", "in 12 minutes": how long to wait. */
export function formatWait(seconds: number): string {
  if (seconds < 90) return relative.format(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 5400) return relative.format(Math.ceil(seconds / 60), "minute");
  return relative.format(Math.ceil(seconds / 3600), "hour");
}

/** "AB" of "Ann Example Berg": initials for avatars. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words.at(0)?.at(0) ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? "") : "";
  return (first + last).toUpperCase();
}
