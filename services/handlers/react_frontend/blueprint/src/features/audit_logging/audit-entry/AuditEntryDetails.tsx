import Card from "@mui/material/Card";

import { Changes } from "../../../shared/detail/Changes.tsx";
import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import type { AuditEntry } from "./types.ts";

/** Everything about one row, for its page and for the drawer beside the list. */
export function AuditEntryDetails({ row }: { row: AuditEntry }) {
  return (
    <>
      <Card>
        <Changes before={row.before} after={row.after} />
      </Card>
      <Properties title="Details">
        <Property label="Created">
          <DateTime value={row.created_at} exact />
        </Property>
        <Property label="Actor">
          <ReferenceText value={row.actor} />
        </Property>
        <Property label="Action">
          <LongText value={row.action} />
        </Property>
        <Property label="Kind">
          <LongText value={row.target_model} />
        </Property>
        <Property label="Target id">
          <LongText value={row.target_id} />
        </Property>
        <Property label="Target">
          <LongText value={row.target_title} />
        </Property>
        <Property label="Address">
          <LongText value={row.address} />
        </Property>
        <Property label="Correlation">
          <LongText value={row.correlation} />
        </Property>
      </Properties>
    </>
  );
}
