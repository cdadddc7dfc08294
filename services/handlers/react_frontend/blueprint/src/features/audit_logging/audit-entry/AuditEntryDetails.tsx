import Card from "@mui/material/Card";

import { Changes } from "../../../shared/detail/Changes.tsx";
import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import type { AuditEntry } from "./types.ts";

const properties: Property<AuditEntry>[] = [
  { key: "created_at", label: "Created", render: (row) => <DateTime value={row.created_at} exact /> },
  { key: "actor", label: "Actor", render: (row) => <ReferenceText value={row.actor} /> },
  { key: "action", label: "Action", render: (row) => <LongText value={row.action} /> },
  { key: "target_model", label: "Kind", render: (row) => <LongText value={row.target_model} /> },
  { key: "target_id", label: "Target id", render: (row) => <LongText value={row.target_id} /> },
  { key: "target_title", label: "Target", render: (row) => <LongText value={row.target_title} /> },
  { key: "address", label: "Address", render: (row) => <LongText value={row.address} /> },
  { key: "correlation", label: "Correlation", render: (row) => <LongText value={row.correlation} /> },
];

/** Everything about one row, for its page and for the drawer beside the list. */
export function AuditEntryDetails({ row }: { row: AuditEntry }) {
  return (
    <>
      <Card>
        <Changes before={row.before} after={row.after} />
      </Card>
      <Properties title="Details" row={row} properties={properties} />
    </>
  );
}
