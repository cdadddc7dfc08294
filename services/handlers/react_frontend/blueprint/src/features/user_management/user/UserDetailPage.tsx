import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, ExternalLink, Flag, LongText, ReferenceChips } from "../../../shared/ui/values.tsx";
import type { User } from "../../authentication/user/types.ts";
import { FilePanel } from "../../file_upload/index.ts";
import { useUserActions } from "./actions.ts";
import { useReadUserQuery } from "./api.ts";

const properties: Property<User>[] = [
  { key: "email", label: "Email", render: (row) => <ExternalLink value={row.email} kind="email" /> },
  { key: "name", label: "Name", render: (row) => <LongText value={row.name} /> },
  { key: "active", label: "Active", render: (row) => <Flag value={row.active} /> },
  { key: "last_login_at", label: "Last login", render: (row) => <DateTime value={row.last_login_at} /> },
  { key: "email_verified", label: "Email verified", render: (row) => <Flag value={row.email_verified} /> },
  { key: "roles", label: "Roles", render: (row) => <ReferenceChips value={row.roles} max={50} /> },
];

export default function UserDetailPage() {
  const { id } = useParams();
  const result = useReadUserQuery(id ?? skipToken);
  const actions = useUserActions();

  return (
    <DetailView
      label="User"
      result={result}
      title={(row) => row.name}
      back={{ to: "/users", label: "Users" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/users" />}
    >
      {(row) => (
        <>
          <Properties title="Details" row={row} properties={properties} />
          <FilePanel target={{ type: "User", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
