import Stack from "@mui/material/Stack";

import { RowActionMenu } from "../../shared/actions/RowActionMenu.tsx";
import { ListView } from "../../shared/list/ListView.tsx";
import type { Column, Filter } from "../../shared/list/types.ts";
import { useListState } from "../../shared/list/useListState.ts";
import { optionsOf } from "../../shared/options.ts";
import { useVisitor } from "../../shared/session/useVisitor.ts";
import { Page } from "../../shared/ui/Page.tsx";
import { DateTime, Empty, NumberText, ReferenceText } from "../../shared/ui/values.tsx";
import { DropZone } from "./DropZone.tsx";
import { FileName } from "./FileName.tsx";
import { FileState } from "./FileState.tsx";
import { formatSize, formatType } from "../../shared/files/sizes.ts";
import { useListStoredFilesQuery } from "./stored-file/api.ts";
import { stateLabels, type StoredFile } from "./stored-file/types.ts";
import { UploadList } from "./UploadList.tsx";
import { uploads } from "./uploads.ts";
import { useFileActions } from "./useFileActions.ts";
import { useUploads } from "./useUploads.ts";

const columns: Column<StoredFile>[] = [
  { key: "name", label: "Name", render: (file) => <FileName file={file} /> },
  {
    key: "content_type",
    label: "Kind",
    render: (file) => (file.state === "ready" ? formatType(file.content_type) : <Empty />),
  },
  {
    key: "size",
    label: "Size",
    sortable: true,
    align: "right",
    render: (file) => <NumberText value={formatSize(file.size)} />,
  },
  { key: "state", label: "State", render: (file) => <FileState file={file} /> },
  {
    key: "created_at",
    label: "Uploaded",
    sortable: true,
    render: (file) => <DateTime value={file.created_at} />,
  },
  {
    key: "uploaded_by",
    label: "By",
    hidden: true,
    render: (file) => <ReferenceText value={file.uploaded_by} />,
  },
  {
    key: "target",
    label: "Belongs to",
    hidden: true,
    render: (file) => <ReferenceText value={file.target} />,
  },
];

const filters: Filter[] = [
  { kind: "select", key: "state", label: "State", options: optionsOf(stateLabels) },
  { kind: "timestamp", key: "created_at", label: "Uploaded" },
];

/** All files that one may see, and the place to add some. */
export default function FilesPage() {
  const { signedIn } = useVisitor();
  const list = useListState({ sort: "-created_at", filters });
  const result = useListStoredFilesQuery(list.query);
  const actions = useFileActions();
  const items = useUploads(null);
  const unfinished = (result.data?.items ?? []).filter(({ can }) => can.includes("append"));

  return (
    <Page title="Files">
      <Stack sx={{ gap: 2 }}>
        {signedIn && <DropZone onFiles={(files) => uploads.add(files, null, unfinished)} />}
        <UploadList items={items} />
        <ListView
          label="Files"
          list={list}
          result={result}
          columns={columns}
          filters={filters}
          searchLabel="Search files"
          rowActions={(file) => <RowActionMenu row={file} name={file.name} actions={actions} />}
          empty={{
            title: "No files yet",
            body: signedIn
              ? "Drop the first one above, or choose it."
              : "Nobody has shared one with everybody.",
          }}
        />
      </Stack>
    </Page>
  );
}
