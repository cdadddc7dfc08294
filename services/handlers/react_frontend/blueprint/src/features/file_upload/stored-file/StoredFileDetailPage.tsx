import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import {
  EnumChip,
  Flag,
  LongText,
  NumberText,
  PointerText,
  ReferenceText,
} from "../../../shared/ui/values.tsx";
import { useStoredFileActions } from "./actions.ts";
import { useReadStoredFileQuery } from "./api.ts";
import { stateLabels, type StoredFile } from "./types.ts";

const properties: Property<StoredFile>[] = [
  { key: "uploaded_by", label: "Uploaded by", render: (row) => <ReferenceText value={row.uploaded_by} /> },
  { key: "name", label: "Name", render: (row) => <LongText value={row.name} /> },
  { key: "content_type", label: "Content type", render: (row) => <LongText value={row.content_type} /> },
  { key: "size", label: "Size", render: (row) => <NumberText value={row.size} /> },
  { key: "checksum", label: "Checksum", render: (row) => <LongText value={row.checksum} /> },
  { key: "received", label: "Received", render: (row) => <NumberText value={row.received} /> },
  { key: "state", label: "State", render: (row) => <EnumChip value={row.state} labels={stateLabels} /> },
  { key: "pinned", label: "Pinned", render: (row) => <Flag value={row.pinned} /> },
  {
    key: "target",
    label: "Target",
    render: (row) => (
      <PointerText
        value={row.target}
        pages={{ User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" }}
      />
    ),
  },
];

export default function StoredFileDetailPage() {
  const { id } = useParams();
  const result = useReadStoredFileQuery(id ?? skipToken);
  const actions = useStoredFileActions();

  return (
    <DetailView
      label="Stored file"
      result={result}
      title={(row) => row.name}
      back={{ to: "/stored-files", label: "Stored files" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/stored-files" />}
    >
      {(row) => <Properties title="Details" row={row} properties={properties} />}
    </DetailView>
  );
}
