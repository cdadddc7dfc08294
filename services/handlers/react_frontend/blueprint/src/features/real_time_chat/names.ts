import type { Room } from "./room/types.ts";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dated = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const together = new Intl.ListFormat(undefined, { type: "conjunction" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** A conversation of two is called as the other one is. */
export function titleOf(room: Room): string {
  return room.name ?? room.counterpart ?? "Only you";
}

export function formatClock(value: string): string {
  return clock.format(new Date(value));
}

/** Today's are told by the hour, older ones by the day. */
export function formatBrief(value: string, now: Date = new Date()): string {
  const at = new Date(value);
  return daysBetween(at, now) === 0 ? clock.format(at) : short.format(at);
}

/** "Today", "Yesterday", "Monday, 3 March", or with its year where that is another one. */
export function formatDay(value: string, now: Date = new Date()): string {
  const at = new Date(value);
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) {
    const text = relative.format(-days, "day");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
  return (at.getFullYear() === now.getFullYear() ? weekday : dated).format(at);
}

function daysBetween(at: Date, now: Date): number {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

export function sameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** "Ann", "Ann and Bob", or "Ann, Bob, and 3 others". */
export function formatNames(names: string[], most = 3): string {
  if (names.length <= most) return together.format(names);
  const rest = names.length - most + 1;
  return together.format([...names.slice(0, most - 1), `${rest} others`]);
}
