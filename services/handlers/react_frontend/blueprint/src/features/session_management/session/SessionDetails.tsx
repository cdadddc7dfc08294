import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, Flag, LongText, ReferenceText } from "../../../shared/ui/values.tsx";
import type { Session } from "../../authentication/session/types.ts";

/** Everything about one row, for its page and for the drawer beside the list. */
export function SessionDetails({ row }: { row: Session }) {
  return (
    <Properties title="Details">
      <Property label="User">
        <ReferenceText value={row.user} />
      </Property>
      <Property label="Device">
        <LongText value={row.device} />
      </Property>
      <Property label="Address">
        <LongText value={row.address} />
      </Property>
      <Property label="Last used">
        <DateTime value={row.last_used_at} />
      </Property>
      <Property label="Expires">
        <DateTime value={row.expires_at} />
      </Property>
      <Property label="Ended">
        <DateTime value={row.ended_at} />
      </Property>
      <Property label="Current">
        <Flag value={row.current} />
      </Property>
      <Property label="Open">
        <Flag value={row.open} />
      </Property>
    </Properties>
  );
}
