import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";

import { formatDate } from "../format.ts";
import type { Entry } from "./Calendar.tsx";
import { DayEntries } from "./DayEntries.tsx";
import { type Day, today } from "./days.ts";

interface MonthTableProps {
  label: string;
  month: string;
  weeks: Day[][];
  entries: Entry[];
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" });
const weekdayInFull = new Intl.DateTimeFormat(undefined, { weekday: "long", timeZone: "UTC" });

/** A month as a table of weeks. */
export function MonthTable({ label, month, weeks, entries }: MonthTableProps) {
  const now = today();
  return (
    <Box
      component="table"
      aria-label={label}
      sx={{ width: "100%", tableLayout: "fixed", borderCollapse: "collapse" }}
    >
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <Box
              component="th"
              scope="col"
              key={day}
              abbr={weekdayInFull.format(new Date(day))}
              sx={{ ...edge, py: 0.75, fontSize: "0.8125rem", fontWeight: 560, color: "text.secondary" }}
            >
              {weekday.format(new Date(day))}
            </Box>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <Box
                component="td"
                key={day}
                aria-label={formatDate(day)}
                {...(day === now ? { "aria-current": "date" } : {})}
                sx={{
                  ...edge,
                  height: 112,
                  p: 0.5,
                  verticalAlign: "top",
                  bgcolor: day.startsWith(month) ? "transparent" : "action.hover",
                }}
              >
                <DayNumber day={day} now={day === now} quiet={!day.startsWith(month)} />
                <DayEntries day={day} entries={entries} />
              </Box>
            ))}
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

const edge = { border: 1, borderColor: "divider" } as const;

function DayNumber({ day, now, quiet }: { day: Day; now: boolean; quiet: boolean }) {
  return (
    <Typography
      variant="caption"
      component="div"
      sx={{
        width: 24,
        height: 24,
        mb: 0.25,
        display: "grid",
        placeItems: "center",
        borderRadius: "50%",
        fontWeight: now ? 650 : 500,
        color: now ? "primary.contrastText" : quiet ? "text.secondary" : "text.primary",
        bgcolor: now ? "primary.main" : "transparent",
      }}
    >
      {Number(day.slice(8))}
    </Typography>
  );
}
