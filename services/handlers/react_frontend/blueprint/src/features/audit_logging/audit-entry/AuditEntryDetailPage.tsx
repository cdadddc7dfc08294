import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import { DetailView } from "../../../shared/detail/DetailView.tsx";
import { useReadAuditEntryQuery } from "./api.ts";
import { AuditEntryDetails } from "./AuditEntryDetails.tsx";

export default function AuditEntryDetailPage() {
  const { id } = useParams();
  const result = useReadAuditEntryQuery(id ?? skipToken);

  return (
    <DetailView
      label="Audit entry"
      result={result}
      title={(row) => row.action}
      back={{ to: "/audit-entries", label: "Audit entries" }}
    >
      {(row) => <AuditEntryDetails row={row} />}
    </DetailView>
  );
}
