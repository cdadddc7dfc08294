import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.jsx";
import { DetailView } from "../../../shared/detail/DetailView.jsx";
import { Properties } from "../../../shared/detail/Properties.jsx";
import { LongText, ReferenceText } from "../../../shared/ui/values.jsx";
import { useSampleActions } from "./actions.js";
import { useReadSampleQuery } from "./api.js";

const properties = [
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
      {(row) => <Properties title="Details" row={row} properties={properties} />}
    </DetailView>
  );
}
