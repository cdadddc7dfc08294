import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { CursorListView } from "../../../shared/list/CursorListView.tsx";
import { createdBetween, createdExactly, updatedExactly } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { optionsOf } from "../../../shared/options.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { DateTime, EnumChip, NumberText, Text } from "../../../shared/ui/values.tsx";
import { useJobActions } from "./actions.ts";
import { useListJobsInfiniteQuery } from "./api.ts";
import { type Job, stateLabels } from "./types.ts";

const columns: Column<Job>[] = [
  { key: "name", label: "Name", render: (row) => <Text value={row.name} /> },
  { key: "state", label: "State", render: (row) => <EnumChip value={row.state} labels={stateLabels} /> },
  {
    key: "attempts",
    label: "Attempts",
    align: "right",
    render: (row) => <NumberText value={row.attempts} />,
  },
  { key: "run_at", label: "Run", render: (row) => <DateTime value={row.run_at} /> },
  { key: "finished_at", label: "Finished", render: (row) => <DateTime value={row.finished_at} /> },
  { key: "last_error", label: "Last error", render: (row) => <Text value={row.last_error} /> },
  { key: "key", label: "Key", hidden: true, render: (row) => <Text value={row.key} /> },
  { ...createdExactly, hidden: true },
  { ...updatedExactly, hidden: true },
];

const filters: Filter[] = [
  { kind: "text", key: "name", label: "Name" },
  { kind: "text", key: "key", label: "Key" },
  { kind: "select", key: "state", label: "State", options: optionsOf(stateLabels) },
  { kind: "timestamp", key: "run_at", label: "Run" },
  { kind: "timestamp", key: "finished_at", label: "Finished", nullable: true },
  createdBetween,
];

export default function JobListPage() {
  const list = useListState({ filters, cursor: true });
  const result = useListJobsInfiniteQuery(list.query);
  const actions = useJobActions();

  return (
    <Page title="Jobs">
      <CursorListView
        label="Jobs"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search jobs"
        rowHref={(row) => `/jobs/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name} actions={actions} />}
        empty={{ title: "No jobs yet" }}
      />
    </Page>
  );
}
