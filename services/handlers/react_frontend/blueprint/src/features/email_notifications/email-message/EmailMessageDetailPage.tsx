import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { RowActionButtons } from "../../../shared/actions/RowActionButtons.tsx";
import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, EnumChip, ExternalLink, LongText, NumberText } from "../../../shared/ui/values.tsx";
import { useEmailMessageActions } from "./actions.ts";
import { useReadEmailMessageQuery } from "./api.ts";
import { type EmailMessage, stateLabels } from "./types.ts";

const properties: Property<EmailMessage>[] = [
  {
    key: "recipient",
    label: "Recipient",
    render: (row) => <ExternalLink value={row.recipient} kind="email" />,
  },
  { key: "template", label: "Template", render: (row) => <LongText value={row.template} /> },
  { key: "subject", label: "Subject", render: (row) => <LongText value={row.subject} /> },
  { key: "state", label: "State", render: (row) => <EnumChip value={row.state} labels={stateLabels} /> },
  { key: "reason", label: "Reason", render: (row) => <LongText value={row.reason} /> },
  { key: "attempts", label: "Attempts", render: (row) => <NumberText value={row.attempts} /> },
  { key: "sent_at", label: "Sent", render: (row) => <DateTime value={row.sent_at} /> },
];

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
      {(row) => <Properties title="Details" row={row} properties={properties} />}
    </DetailView>
  );
}
