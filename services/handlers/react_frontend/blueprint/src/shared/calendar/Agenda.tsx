import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";

import { EmptyState } from "../ui/EmptyState.tsx";
import type { Entry } from "./Calendar.tsx";
import type { Day } from "./days.ts";
import { EntryLink } from "./EntryLink.tsx";

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
  const busy = days
    .map((day) => ({ day, found: entries.filter(({ first, last }) => first <= day && day <= last) }))
    .filter(({ found }) => found.length > 0);
  if (busy.length === 0) return <EmptyState icon="calendar" title="Nothing in this month" />;
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: "none", m: 0, p: 0 }}>
      {busy.map(({ day, found }) => (
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
          <Box
            component="ul"
            sx={{
              listStyle: "none",
              m: 0,
              p: 0,
              display: "grid",
              gridTemplateColumns: "minmax(0, 1fr)",
              gap: 0.5,
            }}
          >
            {found.map((entry) => (
              <li key={entry.id}>
                <EntryLink entry={entry} day={day} />
              </li>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
