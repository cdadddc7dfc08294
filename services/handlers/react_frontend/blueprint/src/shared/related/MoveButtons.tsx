import IconButton from "@mui/material/IconButton";

import type { Row } from "../api/types.ts";
import { Icon } from "../ui/icons.tsx";
import type { Place } from "./useOrder.ts";

interface MoveButtonsProps {
  name: string;
  row: Row;
  place: Place | undefined;
  busy: boolean;
}

/** One step up or down; nothing where the caller may not put the rows in order. */
export function MoveButtons({ name, row, place, busy }: MoveButtonsProps) {
  if (place === undefined || !row.can.includes("move")) return null;
  return (
    <>
      {(["up", "down"] as const).map((way) => (
        <IconButton
          key={way}
          size="small"
          aria-label={`Move ${name} ${way}`}
          disabled={busy || place[way] === undefined}
          onClick={place[way]}
        >
          <Icon name={way} fontSize="small" />
        </IconButton>
      ))}
    </>
  );
}
