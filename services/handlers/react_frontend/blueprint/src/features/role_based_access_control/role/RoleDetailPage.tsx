import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { Flag, LongText, ReferenceChips } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useRoleActions } from "./actions.ts";
import { useReadRoleQuery } from "./api.ts";

export default function RoleDetailPage() {
  const { id } = useParams();
  const result = useReadRoleQuery(id ?? skipToken);
  const actions = useRoleActions();

  return (
    <DetailView
      label="Role"
      result={result}
      title={(row) => row.name}
      back={{ to: "/roles", label: "Roles" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/roles" />}
    >
      {(row) => (
        <>
          <Properties title="Details">
            <Property label="Name">
              <LongText value={row.name} />
            </Property>
            <Property label="Description">
              <LongText value={row.description} />
            </Property>
            <Property label="Builtin">
              <Flag value={row.builtin} />
            </Property>
            <Property label="Permissions">
              <ReferenceChips value={row.permissions} max={50} />
            </Property>
            <Property label="Users">
              <ReferenceChips value={row.users} max={50} />
            </Property>
          </Properties>
          <FilePanel target={{ type: "Role", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
