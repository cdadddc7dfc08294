import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useSampleActions } from "./actions.ts";
import { useReadSampleQuery } from "./api.ts";
import type { Sample } from "./types.ts";

const properties: Property<Sample>[] = [
  { key: "created_by", label: "Created by", render: (row) => <ReferenceText value={row.created_by} /> },
  { key: "title", label: "Title", render: (row) => <LongText value={row.title} /> },
  { key: "note", label: "Note", render: (row) => <LongText value={row.note} /> },
  { key: "parent", label: "Parent", render: (row) => <ReferenceText value={row.parent} to="/samples" /> },
];

export default function SampleDetailPage() {
  const { id } = useParams();
  const result = useReadSampleQuery(id ?? skipToken);
  const actions = useSampleActions();

  return (
    <DetailView
      label="Sample"
      result={result}
      title={(row) => row.title}
      back={{ to: "/samples", label: "Samples" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/samples" />}
    >
      {(row) => (
        <>
          <Properties title="Details" row={row} properties={properties} />
          <FilePanel target={{ type: "Sample", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
