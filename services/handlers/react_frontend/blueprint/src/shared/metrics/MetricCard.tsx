import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useId, useState } from "react";

import type { Loaded } from "../list/types.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { BarChart, Legend, PieChart } from "./GroupCharts.tsx";
import { MetricTable } from "./MetricTable.tsx";
import { type Chart, formatValue, mostSeries, overGroups, overTime } from "./series.ts";
import { TimeChart } from "./TimeChart.tsx";
import type { ChartKind, MetricAnswer, MetricQuery } from "./types.ts";

interface MetricCardProps {
  title: string;
  kind: ChartKind;
  result: Loaded<MetricAnswer>;
  /** What it is grouped by, as people read it; absent where it is not grouped. */
  by?: string;
  /** Words for the members of the set that it is grouped by. */
  names?: Record<string, string>;
  /** The days asked for; absent where the metric does not follow time. */
  query?: MetricQuery;
}

/** One figure: as a number or a chart, and whatever is drawn also as a table. */
export function MetricCard({ title, kind, result, by, names, query }: MetricCardProps) {
  const id = useId();
  const [table, setTable] = useState(false);
  const { data, error, isLoading, refetch } = result;
  const alone = by === undefined && query === undefined;
  const drawn = data !== undefined && !alone && data.items.length > 0;
  return (
    <Card
      component="section"
      aria-labelledby={id}
      aria-busy={result.isFetching}
      sx={{ p: 2.5, minHeight: 150 }}
    >
      <Stack direction="row" sx={{ alignItems: "center", justifyContent: "space-between", gap: 1, mb: 1.5 }}>
        <Typography id={id} variant="h2">
          {title}
        </Typography>
        {drawn && (
          <Button
            size="small"
            color="inherit"
            onClick={() => setTable(!table)}
            aria-label={`${title}: show as ${table ? "a chart" : "a table"}`}
            sx={{ my: -0.5, color: "text.secondary" }}
          >
            {table ? "Chart" : "Table"}
          </Button>
        )}
      </Stack>
      {isLoading && <Skeleton variant="rounded" height={alone ? 48 : 180} />}
      {data === undefined && !isLoading && error !== undefined && (
        <ErrorState error={error} onRetry={refetch} />
      )}
      {data !== undefined && alone && (
        <Typography
          sx={{ fontSize: "2.25rem", fontWeight: 650, fontVariantNumeric: "tabular-nums", lineHeight: 1.2 }}
        >
          {formatValue(data.items[0]?.value)}
        </Typography>
      )}
      {data !== undefined && !alone && data.items.length === 0 && (
        <Typography variant="body2" sx={{ color: "text.secondary", py: 5, textAlign: "center" }}>
          {query === undefined ? "Nothing to count yet." : "Nothing in this period."}
        </Typography>
      )}
      {drawn && (
        <Drawn title={title} kind={kind} data={data} by={by} names={names} query={query} table={table} />
      )}
      {drawn && data.more && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary", mt: 1 }}>
          {query === undefined ? "The largest ones; there are more." : "The newest ones; there are more."}
        </Typography>
      )}
    </Card>
  );
}

interface DrawnProps {
  title: string;
  kind: ChartKind;
  data: MetricAnswer;
  by: string | undefined;
  names: Record<string, string> | undefined;
  query: MetricQuery | undefined;
  table: boolean;
}

function Drawn({ title, kind, data, by = "Group", names, query, table }: DrawnProps) {
  if (query === undefined) {
    const chart = overGroups(data, title, names);
    if (table) return <MetricTable title={title} head={by} chart={chart} />;
    const Groups = kind === "pie" ? PieChart : BarChart;
    return <Groups chart={chart} label={inWords(`${title} by ${by.toLowerCase()}`, chart)} />;
  }
  const chart = overTime(data, query, names);
  const head = { day: "Day", week: "Week", month: "Month" }[query.step];
  if (table) return <MetricTable title={title} head={head} chart={chart} />;
  const shown = chart.series.slice(0, mostSeries);
  return (
    <Stack sx={{ gap: 1 }}>
      <TimeChart
        chart={chart}
        kind={kind === "line" ? "line" : "bar"}
        label={`${title} by ${head.toLowerCase()}`}
      />
      {shown.some(({ name }) => name !== "") && <Legend entries={shown} />}
    </Stack>
  );
}

/** "Open tickets by priority: High 4, Low 2". */
function inWords(start: string, { labels, series: [series] }: Chart): string {
  return `${start}: ${labels.map((label, at) => `${label} ${series?.exact[at] ?? ""}`).join(", ")}`;
}
