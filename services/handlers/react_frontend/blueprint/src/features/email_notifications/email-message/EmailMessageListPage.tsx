import { CommandButton } from "../../../shared/actions/CommandButton.tsx";
import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { CursorListView } from "../../../shared/list/CursorListView.tsx";
import { createdBetween, createdExactly, updatedExactly } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { optionsOf } from "../../../shared/options.ts";
import { useVisitor } from "../../../shared/session/useVisitor.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { DateTime, EnumChip, NumberText, Text } from "../../../shared/ui/values.tsx";
import { useSendTestMailMutation } from "../api.ts";
import { useEmailMessageActions } from "./actions.ts";
import { useListEmailMessagesInfiniteQuery } from "./api.ts";
import { type EmailMessage, stateLabels } from "./types.ts";

const columns: Column<EmailMessage>[] = [
  createdExactly,
  { key: "recipient", label: "Recipient", render: (row) => <Text value={row.recipient} /> },
  { key: "template", label: "Template", render: (row) => <Text value={row.template} /> },
  { key: "state", label: "State", render: (row) => <EnumChip value={row.state} labels={stateLabels} /> },
  {
    key: "attempts",
    label: "Attempts",
    align: "right",
    render: (row) => <NumberText value={row.attempts} />,
  },
  { key: "reason", label: "Reason", render: (row) => <Text value={row.reason} /> },
  { key: "subject", label: "Subject", hidden: true, render: (row) => <Text value={row.subject} /> },
  { key: "sent_at", label: "Sent", hidden: true, render: (row) => <DateTime value={row.sent_at} /> },
  { ...updatedExactly, hidden: true },
];

const filters: Filter[] = [
  { kind: "text", key: "template", label: "Template" },
  { kind: "select", key: "state", label: "State", options: optionsOf(stateLabels) },
  { kind: "timestamp", key: "sent_at", label: "Sent", nullable: true },
  createdBetween,
];

export default function EmailMessageListPage() {
  const visitor = useVisitor();
  const list = useListState({ filters, cursor: true });
  const result = useListEmailMessagesInfiniteQuery(list.query);
  const actions = useEmailMessageActions();
  const [sendTestMail] = useSendTestMailMutation();

  return (
    <Page
      title="Mails"
      actions={
        <>
          {visitor.can("mails.manage") && (
            <CommandButton
              label="Send test mail"
              run={() => sendTestMail().unwrap()}
              done="Send test mail: done."
            />
          )}
        </>
      }
    >
      <CursorListView
        label="Mails"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search email messages"
        rowHref={(row) => `/email-messages/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.subject} actions={actions} />}
        empty={{ title: "No email messages yet" }}
      />
    </Page>
  );
}
