import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, ExternalLink, Flag, LongText, ReferenceChips } from "../../../shared/ui/values.tsx";
import { FilePanel } from "../../file_upload/index.ts";
import { useUserActions } from "./actions.ts";
import { useReadUserQuery } from "./api.ts";

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
          <Properties title="Details">
            <Property label="Email">
              <ExternalLink value={row.email} kind="email" />
            </Property>
            <Property label="Name">
              <LongText value={row.name} />
            </Property>
            <Property label="Active">
              <Flag value={row.active} />
            </Property>
            <Property label="Last login">
              <DateTime value={row.last_login_at} />
            </Property>
            <Property label="Email verified">
              <Flag value={row.email_verified} />
            </Property>
            <Property label="Roles">
              <ReferenceChips value={row.roles} max={50} />
            </Property>
          </Properties>
          <FilePanel target={{ type: "User", id: row.id }} can={row.can} />
        </>
      )}
    </DetailView>
  );
}
