const dayLength = 86_400_000;

/** A day of the calendar as `YYYY-MM-DD`; days are counted in UTC, where each has 24 hours. */
export type Day = string;

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayLength).toISOString().slice(0, 10);
}

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The weeks that show a month, each from Monday to Sunday. */
export function weeksOf(month: string): Day[][] {
  const first = `${month}-01`;
  const start = addDays(first, -((new Date(first).getUTCDay() + 6) % 7));
  const end = `${addMonths(month, 1)}-01`;
  const weeks: Day[][] = [];
  for (let monday = start; monday < end; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(monday, at)));
  }
  return weeks;
}

/** The day on which a moment falls where the reader is; a day is itself. */
export function dayOf(value: string): Day {
  if (!value.includes("T")) return value;
  const date = new Date(value);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function today(): Day {
  return dayOf(new Date().toISOString());
}

/** The first moment of a day where the reader is. */
export function startOf(day: Day): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
