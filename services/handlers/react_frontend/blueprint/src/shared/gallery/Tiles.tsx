import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { Row } from "../api/types.ts";
import type { RowsProps } from "../list/RowTable.tsx";
import { PlainList } from "../ui/PlainList.tsx";

interface TilesProps<R extends Row> extends RowsProps<R> {
  name: (row: R) => string;
  /** What stands above the name. */
  picture?: (row: R) => ReactNode;
  /** A few words below the name. */
  text?: (row: R) => string | null | undefined;
  /** What is known besides, in one line. */
  facts?: (row: R) => ReactNode;
}

/** Rows as tiles, to look around in. The whole of a tile leads to its page. */
export function Tiles<R extends Row>({
  label,
  rows,
  rowHref,
  rowActions,
  name,
  picture,
  text,
  facts,
}: TilesProps<R>) {
  return (
    <PlainList
      aria-label={label}
      sx={{
        listStyle: "none",
        m: 0,
        p: { xs: 1.5, sm: 2 },
        display: "grid",
        gap: 2,
        gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 240px), 1fr))",
      }}
    >
      {rows.map((row) => (
        <Card
          component="li"
          key={row.id}
          sx={{
            position: "relative",
            display: "flex",
            flexDirection: "column",
            "&:hover": { borderColor: "primary.main" },
          }}
        >
          {picture?.(row)}
          <Stack sx={{ p: 2, gap: 0.75, flex: 1 }}>
            <Stack direction="row" sx={{ justifyContent: "space-between", gap: 1 }}>
              <Typography variant="h3" component="h2" sx={{ overflowWrap: "anywhere" }}>
                {rowHref === undefined ? (
                  name(row)
                ) : (
                  <MuiLink
                    component={Link}
                    to={rowHref(row)}
                    color="inherit"
                    underline="none"
                    sx={{ "&::after": { content: '""', position: "absolute", inset: 0 } }}
                  >
                    {name(row)}
                  </MuiLink>
                )}
              </Typography>
              {rowActions !== undefined && (
                <Box sx={{ position: "relative", zIndex: 1, mt: -0.75, mr: -1 }}>{rowActions(row)}</Box>
              )}
            </Stack>
            {text !== undefined && (
              <Typography
                variant="body2"
                sx={{
                  color: "text.secondary",
                  display: "-webkit-box",
                  WebkitLineClamp: 3,
                  WebkitBoxOrient: "vertical",
                  overflow: "hidden",
                  overflowWrap: "anywhere",
                }}
              >
                {text(row)}
              </Typography>
            )}
            {facts !== undefined && (
              <Stack
                direction="row"
                sx={{
                  columnGap: 1.5,
                  rowGap: 0.5,
                  flexWrap: "wrap",
                  alignItems: "center",
                  mt: "auto",
                  pt: 0.5,
                  fontSize: "0.8125rem",
                  color: "text.secondary",
                }}
              >
                {facts(row)}
              </Stack>
            )}
          </Stack>
        </Card>
      ))}
    </PlainList>
  );
}
