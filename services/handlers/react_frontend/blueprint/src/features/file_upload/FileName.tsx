import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";

import { Icon, type IconName } from "../../shared/ui/icons.tsx";
import type { StoredFile } from "./stored-file/types.ts";

/** The name of a file beside the sign of its kind. */
export function FileName({ file }: { file: StoredFile }) {
  return (
    <Stack direction="row" component="span" sx={{ alignItems: "center", gap: 1.25, minWidth: 0 }}>
      <Icon
        name={iconOf(file.content_type)}
        fontSize="small"
        sx={{ color: "text.secondary", flexShrink: 0 }}
      />
      <Box
        component="span"
        title={file.name}
        sx={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}
      >
        {file.name}
      </Box>
    </Stack>
  );
}

function iconOf(type: string): IconName {
  if (type.startsWith("image/")) return "image";
  return type === "text/csv" ? "grid" : "file";
}
