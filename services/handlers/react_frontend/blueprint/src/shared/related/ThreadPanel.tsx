import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";

import { RowActionMenu } from "../actions/RowActionMenu.tsx";
import type { RowAction } from "../actions/rowActions.ts";
import type { Reference, Row } from "../api/types.ts";
import { PlainList } from "../ui/PlainList.tsx";
import { DateTime, Gone, PersonAvatar } from "../ui/values.tsx";
import { Composer } from "./Composer.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { byParent } from "./replies.ts";
import type { RelatedRows } from "./types.ts";
import { useRelatedActions } from "./useRelatedActions.tsx";

interface ThreadPanelProps<R extends Row, D extends object, I extends object> extends RelatedRows<R, D, I> {
  author: (row: R) => Reference | null;
  body: (row: R) => ReactNode;
  /** Whether only the place of a row is left, for the answers to it. */
  deleted?: (row: R) => boolean;
  /** What a row answers to, where rows answer one another. */
  parent?: (row: R) => Reference | null;
  reply?: ((input: I, to: R) => Promise<unknown>) | undefined;
}

/** What people say about the row of the page, oldest first, answers below what they answer. */
export function ThreadPanel<R extends Row, D extends object, I extends object>(
  props: ThreadPanelProps<R, D, I>,
) {
  const { title, singular, entry, add, reply } = props;
  const { actions } = useRelatedActions(props);
  const [answered, setAnswered] = useState<string | null>(null);

  const branch = (all: Map<string, R[]>, of: string, depth: number): ReactNode =>
    all.get(of)?.map((row) => (
      <Box component="li" key={row.id}>
        <Said {...props} row={row} actions={actions}>
          {reply !== undefined && entry !== undefined && answered !== row.id && !props.deleted?.(row) && (
            <Button
              size="small"
              color="inherit"
              onClick={() => setAnswered(row.id)}
              sx={{ color: "text.secondary", ml: -0.75 }}
            >
              Reply
            </Button>
          )}
        </Said>
        {answered === row.id && reply !== undefined && entry !== undefined && (
          <Box sx={{ pl: 5.5, pb: 1.5 }}>
            <Composer
              entry={entry}
              label="Reply"
              send={(input) => reply(input, row)}
              onDone={() => setAnswered(null)}
              onCancel={() => setAnswered(null)}
            />
          </Box>
        )}
        {all.has(row.id) && (
          // Deep answers stay readable on a phone.
          <PlainList sx={{ pl: depth < 3 ? { xs: 2, sm: 5.5 } : 0 }}>
            {branch(all, row.id, depth + 1)}
          </PlainList>
        )}
      </Box>
    ));

  return (
    <PanelFrame {...props} moreLabel="Show earlier" empty={`No ${title.toLowerCase()} yet.`}>
      {(rows) => (
        <Box sx={{ px: { xs: 2, sm: 3 }, pb: 2 }}>
          {rows.length > 0 && (
            <PlainList aria-label={title}>
              {branch(byParent(rows.toReversed(), props.parent), "", 0)}
            </PlainList>
          )}
          {add !== undefined && entry !== undefined && (
            <Composer entry={entry} label={`Add ${singular}`} send={add} />
          )}
        </Box>
      )}
    </PanelFrame>
  );
}

interface SaidProps<R extends Row> {
  row: R;
  actions: RowAction<R>[];
  singular: string;
  name: (row: R) => string;
  author: (row: R) => Reference | null;
  body: (row: R) => ReactNode;
  deleted?: (row: R) => boolean;
  children: ReactNode;
}

function Said<R extends Row>(props: SaidProps<R>) {
  const { row, actions, singular, name, author, body, deleted, children } = props;
  const who = author(row)?.display ?? "Somebody";
  return (
    <Stack direction="row" sx={{ gap: 1.5, py: 1.25 }}>
      <PersonAvatar name={who} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ columnGap: 1, alignItems: "baseline", flexWrap: "wrap" }}>
          <Typography variant="body2" sx={{ fontWeight: 620 }}>
            {who}
          </Typography>
          <Typography variant="caption" component="span" sx={{ color: "text.secondary" }}>
            <DateTime value={row.created_at} />
          </Typography>
        </Stack>
        <Typography variant="body2" component="div">
          {deleted?.(row) ? <Gone>This {singular} was deleted.</Gone> : body(row)}
        </Typography>
        {children}
      </Box>
      <Box sx={{ mt: -0.5 }}>
        <RowActionMenu row={row} name={name(row)} actions={actions} />
      </Box>
    </Stack>
  );
}
