import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId, useState } from "react";

import { RowActionMenu } from "../../shared/actions/RowActionMenu.tsx";
import { ErrorState } from "../../shared/ui/ErrorState.tsx";
import { PlainList } from "../../shared/ui/PlainList.tsx";
import { DropZone } from "./DropZone.tsx";
import { FileName } from "./FileName.tsx";
import { FileState } from "./FileState.tsx";
import { formatSize } from "../../shared/files/sizes.ts";
import { useListStoredFilesQuery } from "./stored-file/api.ts";
import type { StoredFile } from "./stored-file/types.ts";
import { UploadList } from "./UploadList.tsx";
import { type Target, uploads } from "./uploads.ts";
import { useFileActions } from "./useFileActions.ts";
import { useUploads } from "./useUploads.ts";

interface FilePanelProps {
  /** The row whose files these are. */
  target: Target;
  /** What the caller may do to that row: whoever may change it may add files. */
  can: string[];
}

const step = 10;
const most = 100;

/** The files of one row. */
export function FilePanel({ target, can }: FilePanelProps) {
  const titleId = useId();
  const [size, setSize] = useState(step);
  const query = { target: target.id, sort: "-created_at", page_size: size };
  const { data, error, isLoading, refetch } = useListStoredFilesQuery(query);
  const items = useUploads(target);
  const actions = useFileActions();
  const files = data?.items ?? [];
  const mayAdd = can.includes("update");
  return (
    <Card component="section" aria-labelledby={titleId} sx={{ p: 2.5 }}>
      <Stack sx={{ gap: 2 }}>
        <Typography id={titleId} variant="h2">
          Files
        </Typography>
        {mayAdd && (
          <DropZone
            dense
            onFiles={(chosen) =>
              uploads.add(
                chosen,
                target,
                files.filter((file) => file.can.includes("append")),
              )
            }
          />
        )}
        <UploadList items={items} />
        {isLoading && <Skeleton height={40} />}
        {data === undefined && error !== undefined && (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
        {data?.items.length === 0 && (
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {mayAdd ? "No files yet. Drop the first one above." : "No files yet."}
          </Typography>
        )}
        {files.length > 0 && (
          <PlainList aria-labelledby={titleId}>
            {files.map((file) => (
              <FileLine key={file.id} file={file}>
                <RowActionMenu row={file} name={file.name} actions={actions} />
              </FileLine>
            ))}
          </PlainList>
        )}
        {data !== undefined && files.length < data.total && size < most && (
          <Button onClick={() => setSize(Math.min(most, size + 3 * step))} sx={{ alignSelf: "flex-start" }}>
            Show more
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function FileLine({ file, children }: { file: StoredFile; children: ReactNode }) {
  return (
    <Stack
      component="li"
      direction="row"
      sx={{ alignItems: "center", gap: 1.5, py: 0.75, borderTop: 1, borderColor: "divider" }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <FileName file={file} />
      </Box>
      {file.state === "receiving" && <FileState file={file} />}
      <Typography variant="caption" sx={{ color: "text.secondary", whiteSpace: "nowrap" }}>
        {formatSize(file.size)}
      </Typography>
      {children}
    </Stack>
  );
}
