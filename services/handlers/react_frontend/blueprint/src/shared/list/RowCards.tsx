import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";

import type { Row } from "../api/types.ts";
import { PlainList } from "../ui/PlainList.tsx";
import { type RowsProps, RowTitle } from "./RowTable.tsx";

/** The same rows for narrow screens: one block each, first column as its title. */
export function RowCards<R extends Row>(props: RowsProps<R>) {
  const { label, columns, rows, rowActions } = props;
  const [first, ...others] = columns;
  return (
    <PlainList aria-label={label}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{
            position: "relative",
            px: 2,
            py: 1.5,
            borderTop: 1,
            borderColor: "divider",
            "& dd :is(a, button)": { position: "relative", zIndex: 1 },
          }}
        >
          <Stack direction="row" sx={{ alignItems: "flex-start", justifyContent: "space-between", gap: 1 }}>
            <Typography
              component="div"
              sx={{ minWidth: 0, overflowWrap: "anywhere", "& span": { whiteSpace: "normal" } }}
            >
              {first !== undefined && <RowTitle {...props} row={row} column={first} />}
            </Typography>
            {rowActions !== undefined && (
              <Box sx={{ position: "relative", zIndex: 1, mt: -0.75, mr: -1 }}>{rowActions(row)}</Box>
            )}
          </Stack>
          <Box
            component="dl"
            sx={{
              m: 0,
              mt: 0.5,
              display: "grid",
              gridTemplateColumns: "auto 1fr",
              columnGap: 2,
              rowGap: 0.5,
            }}
          >
            {others.map((column) => (
              <Box key={column.key} sx={{ display: "contents" }}>
                <Typography component="dt" variant="caption" sx={{ color: "text.secondary" }}>
                  {column.label}
                </Typography>
                <Typography
                  component="dd"
                  variant="caption"
                  sx={{ m: 0, minWidth: 0, overflowWrap: "anywhere", "& span": { whiteSpace: "normal" } }}
                >
                  {column.render(row)}
                </Typography>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </PlainList>
  );
}
