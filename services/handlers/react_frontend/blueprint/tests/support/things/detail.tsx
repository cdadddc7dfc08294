import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";
import { RowActionButtons } from "../../../src/shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../src/shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../src/shared/detail/Properties.tsx";
import * as show from "../../../src/shared/ui/values.tsx";
import { kindLabels, thingApi } from "./api.ts";
import { useThingActions } from "./actions.tsx";

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
      {(row) => (
        <Properties title="Details">
          <Property label="Kind">
            <show.EnumChip value={row.kind} labels={kindLabels} />
          </Property>
          <Property label="Price">
            <show.NumberText value={row.price} />
          </Property>
          <Property label="Owner">
            <show.ReferenceText value={row.owner} to="/things" />
          </Property>
          <Property label="Tags">
            <show.ReferenceChips value={row.tags} max={1} />
          </Property>
          <Property label="Note">
            <show.LongText value={row.note} />
          </Property>
          <Property label="Due">
            <show.DateOnly value={row.due} />
          </Property>
          <Property label="At">
            <show.DateTime value={row.at} exact />
          </Property>
          <Property label="Data">
            <show.JsonBlock value={row.data} />
          </Property>
          <Property label="Link">
            <show.ExternalLink value={row.link} />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}
