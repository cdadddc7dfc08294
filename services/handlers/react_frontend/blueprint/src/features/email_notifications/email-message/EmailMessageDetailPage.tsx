import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, EnumChip, ExternalLink, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { useEmailMessageActions } from "./actions.ts";
import { useReadEmailMessageQuery } from "./api.ts";
import { stateLabels } from "./types.ts";

export default function EmailMessageDetailPage() {
  const { id } = useParams();
  const result = useReadEmailMessageQuery(id ?? skipToken);
  const actions = useEmailMessageActions();

  return (
    <DetailView
      label="Email message"
      result={result}
      title={(row) => row.subject}
      back={{ to: "/email-messages", label: "Email messages" }}
      actions={(row) => <RowActionButtons row={row} actions={actions} listPath="/email-messages" />}
    >
      {(row) => (
        <Properties title="Details">
          <Property label="Recipient">
            <ExternalLink value={row.recipient} kind="email" />
          </Property>
          <Property label="Template">
            <LongText value={row.template} />
          </Property>
          <Property label="Subject">
            <LongText value={row.subject} />
          </Property>
          <Property label="State">
            <EnumChip value={row.state} labels={stateLabels} />
          </Property>
          <Property label="Reason">
            <LongText value={row.reason} />
          </Property>
          <Property label="Attempts">
            <NumberText value={row.attempts} />
          </Property>
          <Property label="Sent">
            <DateTime value={row.sent_at} />
          </Property>
        </Properties>
      )}
    </DetailView>
  );
}
