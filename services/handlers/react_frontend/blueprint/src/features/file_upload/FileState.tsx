import Chip from "@mui/material/Chip";
import Tooltip from "@mui/material/Tooltip";

import type { StoredFile } from "./stored-file/types.ts";

/** Whether a file is whole. */
export function FileState({ file }: { file: StoredFile }) {
  if (file.state === "ready") return <Chip label="Ready" color="success" variant="outlined" />;
  const percent = file.size === 0 ? 0 : Math.floor((file.received / file.size) * 100);
  const hint = file.can.includes("append") ? "Choose the same file again to go on where it broke off." : "";
  return (
    <Tooltip title={hint}>
      <Chip
        label={`${percent}% received`}
        color="warning"
        variant="outlined"
        tabIndex={hint === "" ? -1 : 0}
      />
    </Tooltip>
  );
}
