import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { RowActionMenu } from "../actions/RowActionMenu.tsx";
import type { RowAction } from "../actions/rowActions.ts";
import type { Row } from "../api/types.ts";

interface BoardCardProps<R extends Row> {
  row: R;
  name: string;
  href: string | undefined;
  actions: RowAction<R>[];
  draggable: boolean;
  onDrag: (row: R | null) => void;
  children: ReactNode;
}

export function BoardCard<R extends Row>(props: BoardCardProps<R>) {
  const { row, name, href, actions, draggable, onDrag, children } = props;
  return (
    <Card
      component="li"
      draggable={draggable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        onDrag(row);
      }}
      onDragEnd={() => onDrag(null)}
      sx={{ p: 1.25, cursor: draggable ? "grab" : "default" }}
    >
      <Stack direction="row" sx={{ gap: 0.5, alignItems: "flex-start", justifyContent: "space-between" }}>
        <Typography
          variant="body2"
          component="div"
          sx={{ fontWeight: 560, minWidth: 0, overflowWrap: "anywhere" }}
        >
          {href === undefined ? (
            name
          ) : (
            <MuiLink component={Link} to={href} draggable={false} color="inherit" underline="hover">
              {name}
            </MuiLink>
          )}
        </Typography>
        <Stack sx={{ mt: -0.5, mr: -0.5 }}>
          <RowActionMenu row={row} name={name} actions={actions} />
        </Stack>
      </Stack>
      <Stack
        direction="row"
        sx={{
          columnGap: 1.25,
          rowGap: 0.5,
          mt: 0.75,
          flexWrap: "wrap",
          alignItems: "center",
          fontSize: "0.8125rem",
        }}
      >
        {children}
      </Stack>
    </Card>
  );
}
