import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import IconButton from "@mui/material/IconButton";
import LinearProgress from "@mui/material/LinearProgress";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useSearchParams } from "react-router";

import type { Page, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import { compactQuery } from "../list/ListFrame.tsx";
import type { Load, Loaded } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Icon } from "../ui/icons.tsx";
import { Agenda } from "./Agenda.tsx";
import { addMonths, dayOf, type Day, today, weeksOf } from "./days.ts";
import { MonthTable } from "./MonthTable.tsx";

export interface CalendarProps<R extends Row> {
  /** What the calendar is of: "Leave requests". */
  label: string;
  /** The rows that touch these days, both included. */
  Load: Load<R, { first: Day; last: Day }>;
  /** Days or moments; without an end a row stands on its first day. */
  from: (row: R) => string | null;
  to?: (row: R) => string | null;
  name: (row: R) => string;
  href?: (row: R) => string;
}

/** A row on the days it touches. */
export interface Entry {
  id: string;
  name: string;
  href: string | undefined;
  first: Day;
  last: Day;
  /** The time of day it begins, where it has one. */
  time: string;
  /** The whole of it, to sort by. */
  start: string;
}

const monthName = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** Rows in the month that the address names, `?month=2026-01`. Where there is no room for a month they are listed day by day. */
export function Calendar<R extends Row>(props: CalendarProps<R>) {
  const { label, Load } = props;
  const { month, weeks, isCurrent, go } = useMonth();
  const title = monthName.format(new Date(`${month}-01`));
  return (
    <Card component="section" aria-label={label}>
      <Stack direction="row" sx={{ alignItems: "center", gap: 0.5, p: { xs: 1.5, sm: 2 } }}>
        <Typography variant="h2" aria-live="polite" sx={{ flex: 1 }}>
          {title}
        </Typography>
        <Button color="inherit" disabled={isCurrent} onClick={() => go(0)}>
          Today
        </Button>
        <IconButton aria-label="Previous month" onClick={() => go(-1)}>
          <Icon name="chevron" sx={{ transform: "rotate(180deg)" }} />
        </IconButton>
        <IconButton aria-label="Next month" onClick={() => go(1)}>
          <Icon name="chevron" />
        </IconButton>
      </Stack>
      <Load first={weeks[0]?.[0] ?? ""} last={weeks.at(-1)?.[6] ?? ""}>
        {(result) => (
          <Month {...props} title={`${label}, ${title}`} month={month} weeks={weeks} result={result} />
        )}
      </Load>
    </Card>
  );
}

interface MonthProps<R extends Row> extends CalendarProps<R> {
  title: string;
  month: string;
  weeks: Day[][];
  result: Loaded<Page<R>>;
}

function Month<R extends Row>({ title, month, weeks, result, ...row }: MonthProps<R>) {
  const compact = useMediaQuery(compactQuery);
  const { data, error, isLoading, isFetching, refetch } = result;
  if (data === undefined && !isLoading && error !== undefined)
    return <ErrorState error={error} onRetry={refetch} />;
  const entries = entriesOf(data?.items ?? [], row);
  const days = weeks.flat().filter((day) => day.startsWith(month));
  return (
    <>
      {isFetching && <LinearProgress aria-label="Loading" sx={{ height: 3, mb: "-3px" }} />}
      {compact ? (
        <Agenda label={title} days={days} entries={entries} />
      ) : (
        <MonthTable label={title} month={month} weeks={weeks} entries={entries} />
      )}
      {data !== undefined && data.total > data.items.length && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary", p: 2 }}>
          {formatNumber(data.total - data.items.length)} more are in the list.
        </Typography>
      )}
    </>
  );
}

type Told<R extends Row> = Pick<CalendarProps<R>, "from" | "to" | "name" | "href">;

/** Rows as what stands in the calendar, the earliest first. */
function entriesOf<R extends Row>(rows: R[], { from, to, name, href }: Told<R>): Entry[] {
  const entries = rows.flatMap((row): Entry[] => {
    const start = from(row);
    if (start === null) return [];
    const first = dayOf(start);
    const last = dayOf(to?.(row) ?? start);
    const time = start.includes("T") ? clock.format(new Date(start)) : "";
    return [
      {
        id: row.id,
        name: name(row),
        href: href?.(row),
        first,
        last: last < first ? first : last,
        time,
        start,
      },
    ];
  });
  return entries.toSorted((one, other) => one.start.localeCompare(other.start));
}

/** The month of the address, and how to go some months on; 0 leads back to this one. */
function useMonth() {
  const [parameters, setParameters] = useSearchParams();
  const current = today().slice(0, 7);
  const asked = parameters.get("month") ?? "";
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(asked) ? asked : current;
  const go = (months: number) =>
    setParameters((known) => {
      const next = new URLSearchParams(known);
      const wanted = months === 0 ? current : addMonths(month, months);
      if (wanted === current) next.delete("month");
      else next.set("month", wanted);
      return next;
    });
  return { month, weeks: weeksOf(month), isCurrent: month === current, go };
}
