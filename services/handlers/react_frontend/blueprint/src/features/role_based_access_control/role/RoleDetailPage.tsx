import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { Flag, LongText, ReferenceChips } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useRoleActions } from "./actions.ts";
import { useReadRoleQuery } from "./api.ts";
import type { Role } from "./types.ts";

const properties: Property<Role>[] = [
  { key: "name", label: "Name", render: (row) => <LongText value={row.name} /> },
  { key: "description", label: "Description", render: (row) => <LongText value={row.description} /> },
  { key: "builtin", label: "Builtin", render: (row) => <Flag value={row.builtin} /> },
  {
    key: "permissions",
    label: "Permissions",
    render: (row) => <ReferenceChips value={row.permissions} max={50} />,
  },
  { key: "users", label: "Users", render: (row) => <ReferenceChips value={row.users} max={50} /> },
];

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
          <Properties title="Details" row={row} properties={properties} />
          <FilePanel target={{ type: "Role", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
