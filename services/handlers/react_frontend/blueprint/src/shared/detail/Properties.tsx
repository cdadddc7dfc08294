import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import { useId } from "react";

import type { Column } from "../list/types.ts";

/** A name and a value that are told of a row. */
export type Property<R> = Pick<Column<R>, "key" | "label" | "render">;

interface PropertiesProps<R> {
  title: string;
  row: R;
  properties: Property<R>[];
}

/** A titled block of names and values. */
export function Properties<R>({ title, row, properties }: PropertiesProps<R>) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id}>
      <Typography id={id} variant="h2" sx={{ px: { xs: 2, sm: 3 }, pt: 2.25, pb: 1 }}>
        {title}
      </Typography>
      <Box component="dl" sx={{ m: 0, pb: 1.5 }}>
        {properties.map(({ key, label, render }) => (
          <Box
            key={key}
            sx={{
              display: "grid",
              gridTemplateColumns: { xs: "1fr", sm: "200px 1fr" },
              columnGap: 3,
              px: { xs: 2, sm: 3 },
              py: 1.125,
            }}
          >
            <Typography component="dt" variant="body2" sx={{ color: "text.secondary" }}>
              {label}
            </Typography>
            <Typography component="dd" variant="body2" sx={{ m: 0, minWidth: 0, overflowWrap: "anywhere" }}>
              {render(row)}
            </Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
