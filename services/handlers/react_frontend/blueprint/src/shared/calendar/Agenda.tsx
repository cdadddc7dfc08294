import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";

import { EmptyState } from "../ui/EmptyState.tsx";
import { PlainList } from "../ui/PlainList.tsx";
import type { Entry } from "./Calendar.tsx";
import { DayEntries, entriesOn } from "./DayEntries.tsx";
import type { Day } from "./days.ts";

interface AgendaProps {
  label: string;
  days: Day[];
  entries: Entry[];
}

const dayName = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** A month as a list of the days that have something. */
export function Agenda({ label, days, entries }: AgendaProps) {
  const busy = days.filter((day) => entriesOn(day, entries).length > 0);
  if (busy.length === 0) return <EmptyState icon="calendar" title="Nothing in this month" />;
  return (
    <PlainList aria-label={label}>
      {busy.map((day) => (
        <Box
          component="li"
          key={day}
          sx={{
            display: "grid",
            gridTemplateColumns: "92px minmax(0, 1fr)",
            gap: 1,
            px: 2,
            py: 1,
            borderTop: 1,
            borderColor: "divider",
          }}
        >
          <Typography variant="body2" component="h3" sx={{ fontWeight: 560 }}>
            {dayName.format(new Date(day))}
          </Typography>
          <DayEntries day={day} entries={entries} />
        </Box>
      ))}
    </PlainList>
  );
}
