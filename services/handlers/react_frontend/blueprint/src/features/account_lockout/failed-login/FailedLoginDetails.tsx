import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, ExternalLink, LongText } from "../../../shared/ui/values.tsx";
import type { FailedLogin } from "./types.ts";

const properties: Property<FailedLogin>[] = [
  { key: "email", label: "Email", render: (row) => <ExternalLink value={row.email} kind="email" /> },
  { key: "address", label: "Address", render: (row) => <LongText value={row.address} /> },
  { key: "blocks_until", label: "Blocks until", render: (row) => <DateTime value={row.blocks_until} /> },
  { key: "cleared_at", label: "Cleared", render: (row) => <DateTime value={row.cleared_at} /> },
];

/** Everything about one row, for its page and for the drawer beside the list. */
export function FailedLoginDetails({ row }: { row: FailedLogin }) {
  return <Properties title="Details" row={row} properties={properties} />;
}
