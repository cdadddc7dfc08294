import Box from "@mui/material/Box";
import { Link } from "react-router";

import type { Entry } from "./Calendar.tsx";
import type { Day } from "./days.ts";

/** A row on one of its days. */
export function EntryLink({ entry, day }: { entry: Entry; day: Day }) {
  const { name, href, first, time } = entry;
  const text = time !== "" && first === day ? `${time} ${name}` : name;
  const look = {
    display: "block",
    px: 0.75,
    py: 0.25,
    borderRadius: 0.5,
    borderLeft: 3,
    borderColor: "primary.main",
    bgcolor: "action.selected",
    color: "text.primary",
    fontSize: "0.8125rem",
    lineHeight: 1.5,
    textDecoration: "none",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    "&:is(a):hover": { textDecoration: "underline" },
  } as const;
  return href === undefined ? (
    <Box sx={look} title={text}>
      {text}
    </Box>
  ) : (
    <Box component={Link} to={href} sx={look} title={text}>
      {text}
    </Box>
  );
}
