import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.jsx";
import { DetailView } from "../../../shared/detail/DetailView.jsx";
import { Properties, Property } from "../../../shared/detail/Properties.jsx";
import { LongText, ReferenceText } from "../../../shared/ui/values.jsx";
import { useSampleActions } from "./actions.js";
import { useReadSampleQuery } from "./api.js";

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
        <Properties title="Details">
          <Property label="Created by">
            <ReferenceText value={row.created_by} />
          </Property>
          <Property label="Title">
            <LongText value={row.title} />
          </Property>
          <Property label="Note">
            <LongText value={row.note} />
          </Property>
          <Property label="Parent">
            <ReferenceText value={row.parent} to="/samples" />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}
