import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
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
import { stateLabels } from "./types.ts";

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
      {(row) => (
        <Properties title="Details">
          <Property label="Uploaded by">
            <ReferenceText value={row.uploaded_by} />
          </Property>
          <Property label="Name">
            <LongText value={row.name} />
          </Property>
          <Property label="Content type">
            <LongText value={row.content_type} />
          </Property>
          <Property label="Size">
            <NumberText value={row.size} />
          </Property>
          <Property label="Checksum">
            <LongText value={row.checksum} />
          </Property>
          <Property label="Received">
            <NumberText value={row.received} />
          </Property>
          <Property label="State">
            <EnumChip value={row.state} labels={stateLabels} />
          </Property>
          <Property label="Pinned">
            <Flag value={row.pinned} />
          </Property>
          <Property label="Target">
            <PointerText
              value={row.target}
              pages={{ User: "/users", Room: "/rooms", Role: "/roles", Sample: "/samples" }}
            />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}
