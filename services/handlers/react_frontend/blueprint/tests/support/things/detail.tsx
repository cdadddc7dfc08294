import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";
import { RowActionButtons } from "../../../src/shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../src/shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../src/shared/detail/Properties.tsx";
import * as show from "../../../src/shared/ui/values.tsx";
import { kindLabels, type Thing, thingApi } from "./api.ts";
import { useThingActions } from "./actions.tsx";

const properties: Property<Thing>[] = [
  { key: "kind", label: "Kind", render: (row) => <show.EnumChip value={row.kind} labels={kindLabels} /> },
  { key: "price", label: "Price", render: (row) => <show.NumberText value={row.price} /> },
  { key: "owner", label: "Owner", render: (row) => <show.ReferenceText value={row.owner} to="/things" /> },
  { key: "tags", label: "Tags", render: (row) => <show.ReferenceChips value={row.tags} max={1} /> },
  { key: "note", label: "Note", render: (row) => <show.LongText value={row.note} /> },
  { key: "due", label: "Due", render: (row) => <show.DateOnly value={row.due} /> },
  { key: "at", label: "At", render: (row) => <show.DateTime value={row.at} exact /> },
  { key: "data", label: "Data", render: (row) => <show.JsonBlock value={row.data} /> },
  { key: "link", label: "Link", render: (row) => <show.ExternalLink value={row.link} /> },
];

export function ThingDetailPage() {
  const { id } = useParams();
  const result = thingApi.useReadThingQuery(id ?? skipToken);
  const actions = useThingActions();
  return (
    <DetailView
      label="Thing"
      result={result}
      title={(row) => row.name}
      back={{ to: "/things", label: "Things" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/things" />}
    >
      {(row) => <Properties title="Details" row={row} properties={properties} />}
    </DetailView>
  );
}
