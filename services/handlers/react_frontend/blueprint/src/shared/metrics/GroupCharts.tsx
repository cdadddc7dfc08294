import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import { formatNumber } from "../format.ts";
import { PlainList } from "../ui/PlainList.tsx";
import { colorOf } from "./colors.ts";
import { type Chart, mostSeries, total } from "./series.ts";

interface GroupChartProps {
  chart: Chart;
  /** The whole of it in words. */
  label: string;
}

/** One bar for each group, its name and value beside it. */
export function BarChart({ chart, label }: GroupChartProps) {
  const [series] = chart.series;
  if (series === undefined) return null;
  const largest = Math.max(...series.values, 0);
  return (
    <Box
      role="img"
      aria-label={label}
      sx={{
        display: "grid",
        gridTemplateColumns: "minmax(64px, max-content) minmax(0, 1fr) max-content",
        columnGap: 1.5,
        rowGap: 1.25,
        alignItems: "center",
      }}
    >
      {chart.labels.slice(0, 12).map((name, at) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Typography variant="body2" noWrap sx={{ maxWidth: { xs: 120, sm: 180 } }} title={name}>
            {name}
          </Typography>
          <Box sx={{ height: 14, borderRadius: 1, bgcolor: "action.hover", overflow: "hidden" }}>
            <Box
              sx={{
                height: "100%",
                borderRadius: 1,
                bgcolor: "primary.main",
                width: `${largest > 0 ? (Math.max(0, series.values[at] ?? 0) / largest) * 100 : 0}%`,
              }}
            />
          </Box>
          <Typography variant="body2" sx={{ fontVariantNumeric: "tabular-nums", textAlign: "right" }}>
            {series.exact[at]}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

/** The shares of a whole. What would be too thin to tell apart is one slice. */
export function PieChart({ chart, label }: GroupChartProps) {
  const slices = slicesOf(chart);
  const whole = total(slices.map(({ value }) => value));
  const shareOf = (value: number) => (whole > 0 ? (value / whole) * 100 : 0);
  return (
    <Stack direction="row" sx={{ gap: 3, alignItems: "center", flexWrap: "wrap" }}>
      <svg role="img" aria-label={label} viewBox="0 0 42 42" width={168} height={168}>
        {slices.map(({ name, value, exact }, index) => {
          const share = shareOf(value);
          const before = shareOf(total(slices.slice(0, index).map((slice) => slice.value)));
          return (
            <circle
              key={name}
              cx={21}
              cy={21}
              r={15.915}
              fill="none"
              stroke={colorOf(index)}
              strokeWidth={6.5}
              // The length of this circle is 100; a thin gap parts neighbours of like colours.
              strokeDasharray={`${Math.max(0, share - (slices.length > 1 ? 0.6 : 0))} 100`}
              // The first begins at the top.
              strokeDashoffset={25 - before}
            >
              <title>{`${name}: ${exact}`}</title>
            </circle>
          );
        })}
      </svg>
      <Legend entries={slices.map(({ name, exact }) => ({ name, value: exact }))} />
    </Stack>
  );
}

interface LegendProps {
  entries: { name: string; value?: string }[];
}

/** Which colour is what. */
export function Legend({ entries }: LegendProps) {
  return (
    <PlainList sx={{ display: "flex", flexWrap: "wrap", columnGap: 2.5, rowGap: 0.5 }}>
      {entries.map(({ name, value }, index) => (
        <Stack component="li" direction="row" key={name} sx={{ gap: 1, alignItems: "center" }}>
          <Box
            aria-hidden
            sx={{ width: 10, height: 10, borderRadius: 0.5, flexShrink: 0, bgcolor: colorOf(index) }}
          />
          <Typography variant="body2">
            {name}
            {value !== undefined && (
              <Box component="span" sx={{ color: "text.secondary", ml: 0.75 }}>
                {value}
              </Box>
            )}
          </Typography>
        </Stack>
      ))}
    </PlainList>
  );
}

function slicesOf({ labels, series: [series] }: Chart): { name: string; value: number; exact: string }[] {
  const all = labels.map((name, at) => ({
    name,
    value: Math.max(0, series?.values[at] ?? 0),
    exact: series?.exact[at] ?? "",
  }));
  if (all.length <= mostSeries) return all;
  const rest = all.slice(mostSeries - 1);
  const value = total(rest.map((slice) => slice.value));
  return [
    ...all.slice(0, mostSeries - 1),
    { name: `${rest.length} others`, value, exact: formatNumber(value) },
  ];
}
