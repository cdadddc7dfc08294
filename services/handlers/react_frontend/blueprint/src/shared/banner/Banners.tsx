import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import { Link } from "react-router";

import { available, isDestructive, isLink, type RowAction } from "../actions/rowActions.ts";
import { useCommand } from "../actions/useCommand.tsx";
import type { Row } from "../api/types.ts";

interface BannersProps<R extends Row> {
  /** What the rows are: "Announcements". */
  label: string;
  rows: R[];
  name: (row: R) => string;
  /** What the row says besides its name. */
  text?: (row: R) => string | null;
  href?: (row: R) => string;
  actions: RowAction<R>[];
}

/** Rows that their readers are told of above every page. Nothing is shown where there are none, nor while they load. */
export function Banners<R extends Row>({ label, rows, name, text, href, actions }: BannersProps<R>) {
  const command = useCommand<R>();
  if (rows.length === 0) return null;
  return (
    <Stack component="section" aria-label={label} sx={{ gap: 1, mb: 3 }}>
      {rows.map((row) => (
        <Alert
          key={row.id}
          // It stands there when the page comes, so that nothing has to be interrupted for it.
          role="group"
          aria-label={name(row)}
          severity="info"
          sx={{
            border: 1,
            borderColor: "divider",
            "& .MuiAlert-message": { flex: 1, minWidth: 0, overflowWrap: "anywhere" },
          }}
          action={available(actions, row).map((action) =>
            isLink(action) || isDestructive(action) ? null : (
              <Button
                key={action.operation}
                color="inherit"
                size="small"
                disabled={command.busy}
                onClick={() => command.start(action, row)}
              >
                {action.label}
              </Button>
            ),
          )}
        >
          {href === undefined ? (
            <strong>{name(row)}</strong>
          ) : (
            <MuiLink component={Link} to={href(row)} color="inherit" sx={{ fontWeight: 650 }}>
              {name(row)}
            </MuiLink>
          )}
          {text !== undefined && <> {text(row)}</>}
        </Alert>
      ))}
      {command.dialog}
    </Stack>
  );
}
