import { PlainList } from "../ui/PlainList.tsx";
import type { Entry } from "./Calendar.tsx";
import type { Day } from "./days.ts";
import { EntryLink } from "./EntryLink.tsx";

interface DayEntriesProps {
  day: Day;
  entries: Entry[];
}

/** The entries that touch a day. */
export function entriesOn(day: Day, entries: Entry[]): Entry[] {
  return entries.filter(({ first, last }) => first <= day && day <= last);
}

/** What stands on a day, below one another. */
export function DayEntries({ day, entries }: DayEntriesProps) {
  return (
    <PlainList sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 0.5 }}>
      {entriesOn(day, entries).map((entry) => (
        <li key={entry.id}>
          <EntryLink entry={entry} day={day} />
        </li>
      ))}
    </PlainList>
  );
}
