import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, EnumChip, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { useJobActions } from "./actions.ts";
import { useReadJobQuery } from "./api.ts";
import { type Job, stateLabels } from "./types.ts";

const properties: Property<Job>[] = [
  { key: "name", label: "Name", render: (row) => <LongText value={row.name} /> },
  { key: "key", label: "Key", render: (row) => <LongText value={row.key} /> },
  { key: "state", label: "State", render: (row) => <EnumChip value={row.state} labels={stateLabels} /> },
  { key: "attempts", label: "Attempts", render: (row) => <NumberText value={row.attempts} /> },
  { key: "last_error", label: "Last error", render: (row) => <LongText value={row.last_error} /> },
  { key: "run_at", label: "Run", render: (row) => <DateTime value={row.run_at} /> },
  { key: "finished_at", label: "Finished", render: (row) => <DateTime value={row.finished_at} /> },
];

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
      {(row) => <Properties title="Details" row={row} properties={properties} />}
    </DetailView>
  );
}
