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
      <IconButton
        size="small"
        aria-label={`Move ${name} up`}
        disabled={busy || place.up === undefined}
        onClick={place.up}
      >
        <Icon name="up" fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={`Move ${name} down`}
        disabled={busy || place.down === undefined}
        onClick={place.down}
      >
        <Icon name="down" fontSize="small" />
      </IconButton>
    </>
  );
}
