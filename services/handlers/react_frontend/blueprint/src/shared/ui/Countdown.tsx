import Typography from "@mui/material/Typography";
import { useEffect, useState } from "react";

import { formatWait } from "../format.ts";

interface CountdownProps {
  seconds: number;
  /** Called once, when the time is over. */
  onOver: () => void;
}

/** Says how long there is to wait, and goes on by itself. */
export function Countdown({ seconds, onOver }: CountdownProps) {
  const [until] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);

  useEffect(() => {
    if (left <= 0) {
      onOver();
      return undefined;
    }
    const timer = setTimeout(() => setLeft((until - Date.now()) / 1000), Math.min(1000, left * 1000));
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- what follows may be made anew on each render
  }, [left, until]);

  return (
    <Typography
      variant="body2"
      role="timer"
      sx={{ color: "text.secondary", mb: 1.5, fontVariantNumeric: "tabular-nums" }}
    >
      {left > 0 ? `This goes on by itself ${formatWait(left)}.` : "Trying again …"}
    </Typography>
  );
}
