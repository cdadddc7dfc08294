import Button from "@mui/material/Button";
import { Link, useNavigate } from "react-router";

import type { Row } from "../api/types.ts";
import { Icon } from "../ui/icons.tsx";
import { available, isDestructive, isLink, type RowAction } from "./rowActions.ts";
import { useCommand } from "./useCommand.tsx";

interface RowActionButtonsProps<R extends Row> {
  row: R;
  actions: RowAction<R>[];
  /** Where to go once the row is gone. */
  listPath: string;
}

/** The acts that the caller may do to this row, as buttons of its page. */
export function RowActionButtons<R extends Row>({ row, actions, listPath }: RowActionButtonsProps<R>) {
  const navigate = useNavigate();
  const command = useCommand<R>((action) => {
    if ("removes" in action && action.removes === true) void navigate(listPath);
  });
  return (
    <>
      {available(actions, row).map((action) =>
        isLink(action) ? (
          <Button
            key={action.operation}
            component={Link}
            to={action.to(row)}
            variant="contained"
            startIcon={<Icon name={action.icon} />}
          >
            {action.label}
          </Button>
        ) : (
          <Button
            key={action.operation}
            variant="outlined"
            color={isDestructive(action) ? "error" : "inherit"}
            disabled={command.busy}
            onClick={() => command.start(action, row)}
            sx={isDestructive(action) ? {} : { borderColor: "divider" }}
          >
            {action.label}
          </Button>
        ),
      )}
      {command.dialog}
    </>
  );
}
