import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useSampleActions } from "./actions.ts";
import { useReadSampleQuery } from "./api.ts";

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
          <FilePanel target={{ type: "Sample", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
