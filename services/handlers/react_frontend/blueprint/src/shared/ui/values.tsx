import Avatar from "@mui/material/Avatar";
import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { Pointer, Reference } from "../api/types.ts";
import { formatDate, formatDateTime, formatNumber, formatRelative, initials } from "../format.ts";

/** What stands for "no value"; a screen reader says so. */
export function Empty() {
  return (
    <Typography component="span" variant="inherit" sx={{ color: "text.secondary" }}>
      <span aria-hidden>—</span>
      <Box component="span" sx={visuallyHidden}>
        none
      </Box>
    </Typography>
  );
}

export const visuallyHidden = {
  position: "absolute",
  width: "1px",
  height: "1px",
  margin: "-1px",
  padding: 0,
  overflow: "hidden",
  clip: "rect(0 0 0 0)",
  whiteSpace: "nowrap",
  border: 0,
} as const;

/** A moment, as a distance from now where that reads better; the exact time is in the tooltip. */
export function DateTime({ value, exact = false }: { value: string | null | undefined; exact?: boolean }) {
  if (value === null || value === undefined) return <Empty />;
  return (
    <Tooltip title={formatDateTime(value)}>
      <Box component="time" dateTime={value} sx={{ whiteSpace: "nowrap" }}>
        {exact ? formatDateTime(value) : formatRelative(value)}
      </Box>
    </Tooltip>
  );
}

export function DateOnly({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined) return <Empty />;
  return (
    <Box component="time" dateTime={value} sx={{ whiteSpace: "nowrap" }}>
      {formatDate(value)}
    </Box>
  );
}

/** Text of one line; what does not fit is cut and stands in the title. */
export function Text({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === "") return <Empty />;
  return (
    <Box
      component="span"
      title={value}
      sx={{ display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}
    >
      {value}
    </Box>
  );
}

/** Text of several lines, as it was written. */
export function LongText({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === "") return <Empty />;
  return <Box sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{value}</Box>;
}

/** Says that something was there once. */
export function Gone({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ color: "text.secondary", fontStyle: "italic" }}>
      {children}
    </Box>
  );
}

/** What a row held until it was deleted; afterwards that is said in its place. */
export function Kept({ deleted, children }: { deleted: string | null; children: ReactNode }) {
  return deleted === null ? children : <Gone>Deleted</Gone>;
}

/** A whole number as a number, an exact decimal as the text it travels as. */
export function NumberText({ value }: { value: number | string | null | undefined }) {
  if (value === null || value === undefined || value === "") return <Empty />;
  const text = typeof value === "number" ? formatNumber(value) : value;
  return (
    <Box component="span" sx={{ fontVariantNumeric: "tabular-nums" }}>
      {text}
    </Box>
  );
}

export function Flag({
  value,
  yes = "Yes",
  no = "No",
}: {
  value: boolean | null | undefined;
  yes?: string;
  no?: string;
}) {
  if (value === null || value === undefined) return <Empty />;
  return (
    <Stack direction="row" component="span" sx={{ alignItems: "center", gap: 0.875, whiteSpace: "nowrap" }}>
      <Box
        component="span"
        aria-hidden
        sx={{ width: 8, height: 8, borderRadius: "50%", bgcolor: value ? "success.main" : "text.disabled" }}
      />
      {value ? yes : no}
    </Stack>
  );
}

/** A member of a closed set, such as a state. */
export function EnumChip({
  value,
  labels,
}: {
  value: string | null | undefined;
  labels: Record<string, string>;
}) {
  if (value === null || value === undefined) return <Empty />;
  return <Chip label={labels[value] ?? value} variant="outlined" />;
}

/** What is true of a row and not of most. */
export function Mark({ label }: { label: string }) {
  return <Chip label={label} color="warning" variant="outlined" sx={{ mt: 0.5 }} />;
}

/** A row of another model; a link when that model has pages. */
export function ReferenceText({ value, to }: { value: Reference | null | undefined; to?: string }) {
  if (value === null || value === undefined) return <Empty />;
  if (to === undefined) return <Text value={value.display} />;
  return (
    <MuiLink component={Link} to={`${to}/${value.id}`} underline="hover" sx={{ overflowWrap: "anywhere" }}>
      {value.display}
    </MuiLink>
  );
}

interface PointerTextProps {
  value: Pointer | null | undefined;
  /** Addresses of the pages of rows, by model. */
  pages: Record<string, string>;
}

/** A row of any model; a link when its model has pages. */
export function PointerText({ value, pages }: PointerTextProps) {
  const to = value === null || value === undefined ? undefined : pages[value.type];
  return <ReferenceText value={value} {...(to === undefined ? {} : { to })} />;
}

export function ReferenceChips({ value, max = 6 }: { value: Reference[] | null | undefined; max?: number }) {
  if (value === null || value === undefined || value.length === 0) return <Empty />;
  const rest = value.slice(max);
  return (
    <Stack direction="row" component="span" sx={{ gap: 0.5, flexWrap: "wrap" }}>
      {value.slice(0, max).map((item) => (
        <Chip key={item.id} label={item.display} sx={{ maxWidth: 220 }} />
      ))}
      {rest.length > 0 && (
        <Tooltip title={rest.map((item) => item.display).join(", ")}>
          <Chip label={`+${rest.length}`} variant="outlined" />
        </Tooltip>
      )}
    </Stack>
  );
}

export function ExternalLink({
  value,
  kind = "url",
}: {
  value: string | null | undefined;
  kind?: "url" | "email" | "phone";
}) {
  if (value === null || value === undefined || value === "") return <Empty />;
  const href = {
    url: /^https?:\/\//iu.test(value) ? value : "",
    email: `mailto:${value}`,
    phone: `tel:${value}`,
  }[kind];
  if (href === "") return <Text value={value} />;
  return (
    <MuiLink
      href={href}
      underline="hover"
      sx={{ overflowWrap: "anywhere" }}
      {...(kind === "url" ? { target: "_blank", rel: "noreferrer noopener" } : {})}
    >
      {value}
    </MuiLink>
  );
}

export function JsonBlock({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <Empty />;
  return (
    <Box
      component="pre"
      // A scrolling region must be reachable by keyboard.
      tabIndex={0}
      sx={{
        m: 0,
        p: 1.5,
        borderRadius: 2,
        bgcolor: "action.hover",
        overflow: "auto",
        maxHeight: 360,
        fontSize: "0.8125rem",
      }}
    >
      {JSON.stringify(value, null, 2)}
    </Box>
  );
}

export function PersonAvatar({ name, size = 32 }: { name: string; size?: number }) {
  return (
    <Avatar
      aria-hidden
      sx={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        fontWeight: 600,
        bgcolor: "primary.main",
        color: "primary.contrastText",
      }}
    >
      {/* As decoration, since what holds the avatar names the person. */}
      <Box component="span" sx={{ "&::before": { content: JSON.stringify(initials(name)) } }} />
    </Avatar>
  );
}
