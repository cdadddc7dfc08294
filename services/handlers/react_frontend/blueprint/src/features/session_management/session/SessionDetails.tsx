import { Properties, type Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, Flag, LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import type { Session } from "../../authentication/session/types.ts";

const properties: Property<Session>[] = [
  { key: "user", label: "User", render: (row) => <ReferenceText value={row.user} /> },
  { key: "device", label: "Device", render: (row) => <LongText value={row.device} /> },
  { key: "address", label: "Address", render: (row) => <LongText value={row.address} /> },
  { key: "last_used_at", label: "Last used", render: (row) => <DateTime value={row.last_used_at} /> },
  { key: "expires_at", label: "Expires", render: (row) => <DateTime value={row.expires_at} /> },
  { key: "ended_at", label: "Ended", render: (row) => <DateTime value={row.ended_at} /> },
  { key: "current", label: "Current", render: (row) => <Flag value={row.current} /> },
  { key: "open", label: "Open", render: (row) => <Flag value={row.open} /> },
];

/** Everything about one row, for its page and for the drawer beside the list. */
export function SessionDetails({ row }: { row: Session }) {
  return <Properties title="Details" row={row} properties={properties} />;
}
