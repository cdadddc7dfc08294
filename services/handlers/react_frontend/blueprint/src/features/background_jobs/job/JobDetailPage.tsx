import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, EnumChip, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { useJobActions } from "./actions.ts";
import { useReadJobQuery } from "./api.ts";
import { stateLabels } from "./types.ts";

export default function JobDetailPage() {
  const { id } = useParams();
  const result = useReadJobQuery(id ?? skipToken);
  const actions = useJobActions();

  return (
    <DetailView
      label="Job"
      result={result}
      title={(row) => row.name}
      back={{ to: "/jobs", label: "Jobs" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/jobs" />}
    >
      {(row) => (
        <Properties title="Details">
          <Property label="Name">
            <LongText value={row.name} />
          </Property>
          <Property label="Key">
            <LongText value={row.key} />
          </Property>
          <Property label="State">
            <EnumChip value={row.state} labels={stateLabels} />
          </Property>
          <Property label="Attempts">
            <NumberText value={row.attempts} />
          </Property>
          <Property label="Last error">
            <LongText value={row.last_error} />
          </Property>
          <Property label="Run">
            <DateTime value={row.run_at} />
          </Property>
          <Property label="Finished">
            <DateTime value={row.finished_at} />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}
