import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { Link } from "react-router";

import type { Page as PageOfRows, Row } from "../api/types.ts";
import { formatNumber } from "../format.ts";
import type { Loaded } from "../list/types.ts";
import { ErrorState } from "./ErrorState.tsx";
import { PlainList } from "./PlainList.tsx";
import { DateTime } from "./values.tsx";

interface SummaryCardProps<R extends Row> {
  title: string;
  path: string;
  result: Loaded<PageOfRows<R>>;
  name: (row: R) => string;
  /** The next step while there is nothing. */
  create?: ReactNode;
}

/** A card of the home page: how many there are, and the newest. */
export function SummaryCard<R extends Row>({ title, path, result, name, create }: SummaryCardProps<R>) {
  const id = useId();
  const { data, error, isLoading, refetch } = result;
  return (
    <Card
      component="section"
      aria-labelledby={id}
      sx={{ display: "flex", flexDirection: "column", minHeight: 230 }}
    >
      <Stack direction="row" sx={{ alignItems: "baseline", gap: 1.25, px: 2.5, pt: 2, pb: 1 }}>
        <Typography id={id} variant="h2">
          {title}
        </Typography>
        {data !== undefined && (
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {formatNumber(data.total)}
          </Typography>
        )}
        <Button
          component={Link}
          to={path}
          size="small"
          sx={{ ml: "auto", my: -0.5 }}
          aria-label={`View all ${title}`}
        >
          View all
        </Button>
      </Stack>
      {isLoading && (
        <Stack sx={{ px: 2.5, gap: 1 }} aria-busy>
          {[80, 65, 72].map((width) => (
            <Skeleton key={width} width={`${width}%`} height={28} />
          ))}
        </Stack>
      )}
      {error !== undefined && data === undefined && !isLoading && (
        <ErrorState error={error} onRetry={refetch} />
      )}
      {data?.total === 0 && (
        <Stack
          sx={{ px: 2.5, pb: 2.5, gap: 1.5, flex: 1, alignItems: "flex-start", justifyContent: "center" }}
        >
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            Nothing here yet.
          </Typography>
          {create}
        </Stack>
      )}
      {data !== undefined && data.items.length > 0 && (
        <PlainList sx={{ pb: 1 }}>
          {data.items.map((row) => (
            <li key={row.id}>
              <Box
                component={Link}
                to={`${path}/${row.id}`}
                sx={{
                  display: "flex",
                  alignItems: "center",
                  gap: 2,
                  px: 2.5,
                  py: 1,
                  color: "inherit",
                  textDecoration: "none",
                  "&:hover": { bgcolor: "action.hover" },
                }}
              >
                <Typography variant="body2" noWrap sx={{ flex: 1, minWidth: 0, fontWeight: 520 }}>
                  {name(row)}
                </Typography>
                <Typography
                  variant="caption"
                  component="span"
                  sx={{ color: "text.secondary", flexShrink: 0 }}
                >
                  <DateTime value={row.created_at} />
                </Typography>
              </Box>
            </li>
          ))}
        </PlainList>
      )}
    </Card>
  );
}
