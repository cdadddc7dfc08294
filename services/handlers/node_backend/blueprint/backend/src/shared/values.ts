/** What expressions of the contract need beyond the language: the same answers as PostgreSQL gives. */

const DAY = 86_400_000;

/** Whether two moments are the same; no moment is equal to no moment. */
export function sameTime(a: Date | null | undefined, b: Date | null | undefined): boolean {
  return (a?.getTime() ?? null) === (b?.getTime() ?? null);
}

/** The moment `milliseconds` later. */
export function later(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}

/** A date some days later. */
export function addDays(date: string, days: number): string {
  return isoDate(new Date(midnight(date).getTime() + days * DAY));
}

/** Days from the second date to the first. */
export function daysBetween(a: string, b: string): number {
  return (midnight(a).getTime() - midnight(b).getTime()) / DAY;
}

/** A moment some months later in UTC; the day is the last of the month where that month is shorter. */
export function addMonths(moment: Date, months: number): Date {
  const moved = new Date(moment);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  moved.setUTCDate(Math.min(moment.getUTCDate(), lastDay(moved)));
  return moved;
}

/** A date some months later. */
export function addMonthsToDate(date: string, months: number): string {
  return isoDate(addMonths(midnight(date), months));
}

/** The date of a moment in a time zone. */
export function dateOf(moment: Date, zone = 'UTC'): string {
  const at = parts(moment, zone);
  return `${at.year}-${at.month}-${at.day}`;
}

/** The time of day of a moment in a time zone, to the second. */
export function timeOf(moment: Date, zone = 'UTC'): string {
  const at = parts(moment, zone);
  return `${at.hour}:${at.minute}:${at.second}`;
}

export function yearOf(date: string): number {
  return Number(date.slice(0, -6));
}

export function monthOf(date: string): number {
  return Number(date.slice(-5, -3));
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: string): number {
  return ((midnight(date).getUTCDay() + 6) % 7) + 1;
}

/** Days from Monday to Friday between two dates, both included. */
export function workdays(from: string, to: string): number {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (weekdayOf(day) < 6) count += 1;
  }
  return count;
}

/** Without blanks, tabs and line ends at both ends. */
export function trimmed(text: string): string {
  return text.replaceAll(/^[ \t\n\r]+|[ \t\n\r]+$/g, '');
}

/** Number of characters as people count them: code points, not halves of pairs. */
export function characters(text: string): number {
  return [...text].length;
}

/** The smallest of the values; empty ones are passed over. */
export function least<T extends string | number | Date>(...values: readonly T[]): T {
  return values.reduce((least, value) => (value < least ? value : least));
}

/** The largest of the values. */
export function greatest<T extends string | number | Date>(...values: readonly T[]): T {
  return values.reduce((greatest, value) => (value > greatest ? value : greatest));
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function isoDate(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function lastDay(moment: Date): number {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
}

function parts(moment: Date, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, part.value]));
}
