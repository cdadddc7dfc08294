import Box from "@mui/material/Box";
import { useTheme } from "@mui/material/styles";

import { formatNumber } from "../format.ts";
import { colorOf, dashesOf } from "./colors.ts";
import { type Chart, mostSeries, scaleOf } from "./series.ts";
import { useWidth } from "./useWidth.ts";

const height = 220;
const edge = { top: 8, right: 8, bottom: 26, left: 46 };

interface TimeChartProps {
  chart: Chart;
  kind: "bar" | "line";
  /** The whole of it in words. */
  label: string;
}

/** Lines or stacked columns along time. */
export function TimeChart({ chart, kind, label }: TimeChartProps) {
  const [element, width] = useWidth<HTMLDivElement>();
  const { typography } = useTheme();
  const series = chart.series.slice(0, mostSeries);
  const sums = chart.labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const largest = Math.max(0, ...(kind === "bar" ? sums : series.flatMap(({ values }) => values)));
  const scale = scaleOf(largest);
  const inner = {
    width: Math.max(40, width - edge.left - edge.right),
    height: height - edge.top - edge.bottom,
  };
  const step = inner.width / chart.labels.length;
  const x = (at: number) => edge.left + (at + 0.5) * step;
  const y = (value: number) => edge.top + inner.height * (1 - Math.max(0, value) / (scale.at(-1) ?? 1));
  // As many words as there is room for.
  const every = Math.max(1, Math.ceil(96 / step));
  return (
    <Box ref={element} sx={{ width: "100%" }}>
      <svg role="img" aria-label={label} width={width} height={height} style={{ display: "block" }}>
        {scale.map((value) => (
          <g key={value}>
            <line
              x1={edge.left}
              x2={width - edge.right}
              y1={y(value)}
              y2={y(value)}
              stroke="var(--mui-palette-divider)"
            />
            <text x={edge.left - 8} y={y(value) + 4} textAnchor="end" {...words(typography.fontFamily)}>
              {short(value)}
            </text>
          </g>
        ))}
        {chart.labels.map((text, at) =>
          at % every === 0 && at * step + 48 < inner.width + step ? (
            <text key={text} x={x(at)} y={height - 8} textAnchor="middle" {...words(typography.fontFamily)}>
              {text.replace("week of ", "").replace(/,? \d{4}$/u, "")}
            </text>
          ) : null,
        )}
        {kind === "line"
          ? series.map(({ name, values, exact }, index) => (
              <g key={name}>
                <polyline
                  points={values.map((value, at) => `${x(at)},${y(value)}`).join(" ")}
                  fill="none"
                  stroke={colorOf(index)}
                  strokeWidth={2.25}
                  strokeLinejoin="round"
                  strokeLinecap="round"
                  strokeDasharray={dashesOf(index)}
                />
                {values.map((value, at) => (
                  <circle
                    key={chart.labels[at]}
                    cx={x(at)}
                    cy={y(value)}
                    r={value === 0 || step < 12 ? 2 : 3.5}
                    fill={colorOf(index)}
                  >
                    <title>{hint(chart.labels[at], name, exact[at])}</title>
                  </circle>
                ))}
              </g>
            ))
          : chart.labels.map((text, at) => (
              <Column key={text} chart={chart} at={at} x={x(at)} width={Math.min(44, step * 0.7)} y={y} />
            ))}
      </svg>
    </Box>
  );
}

interface ColumnProps {
  chart: Chart;
  at: number;
  x: number;
  width: number;
  y: (value: number) => number;
}

function Column({ chart, at, x, width, y }: ColumnProps) {
  let below = 0;
  return chart.series.slice(0, mostSeries).map(({ name, values, exact }, index) => {
    const value = Math.max(0, values[at] ?? 0);
    const [bottom, top] = [y(below), y(below + value)];
    below += value;
    return (
      <rect
        key={name}
        x={x - width / 2}
        y={top}
        width={width}
        height={Math.max(0, bottom - top)}
        rx={2}
        fill={colorOf(index)}
      >
        <title>{hint(chart.labels[at], name, exact[at])}</title>
      </rect>
    );
  });
}

function hint(label = "", name = "", value = ""): string {
  return `${label}: ${name === "" ? "" : `${name} `}${value}`;
}

function words(fontFamily: string | undefined) {
  return { fontSize: 12, fontFamily, fill: "var(--mui-palette-text-secondary)" };
}

const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

function short(value: number): string {
  return value < 1000 ? formatNumber(value) : compact.format(value);
}
