import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ChangeEvent, type DragEvent, useId, useRef, useState } from "react";

import { usePublicSettingsQuery } from "../../shared/settings/api.ts";
import { Icon } from "../../shared/ui/icons.tsx";
import { limitsOf } from "../../shared/files/sizes.ts";

interface DropZoneProps {
  onFiles: (files: File[]) => void;
  dense?: boolean;
}

/** Where files are dropped, or chosen; says what is taken. The server looks at the content, and decides. */
export function DropZone({ onFiles, dense = false }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const limitsId = useId();
  const { data: limits } = usePublicSettingsQuery();

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    // The same file may be chosen once more.
    event.target.value = "";
  };

  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        display: "flex",
        flexDirection: { xs: "column", sm: "row" },
        alignItems: "center",
        justifyContent: "center",
        gap: 2,
        p: dense ? 2 : 3.5,
        borderRadius: "12px",
        border: "1.5px dashed",
        borderColor: over ? "primary.main" : "text.disabled",
        bgcolor: over ? "action.hover" : "transparent",
        color: "text.secondary",
      }}
    >
      <Icon name="upload" />
      <Box sx={{ minWidth: 0, textAlign: { xs: "center", sm: "start" } }}>
        <Typography variant="body2">{over ? "Let go to upload" : "Drop files here"}</Typography>
        {limits !== undefined && (
          <Typography variant="caption" component="p" id={limitsId}>
            {limitsOf(limits.files_types, limits.files_max_mb)}
          </Typography>
        )}
      </Box>
      <Button
        variant={dense ? "outlined" : "contained"}
        onClick={() => input.current?.click()}
        aria-describedby={limits === undefined ? undefined : limitsId}
      >
        Choose files
      </Button>
      <input ref={input} type="file" multiple hidden onChange={choose} aria-label="Files to upload" />
    </Box>
  );
}
