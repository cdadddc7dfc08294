import { Properties, Property } from "../../../shared/detail/Properties.tsx";
import { DateTime, ExternalLink, LongText } from "../../../shared/ui/values.tsx";
import type { FailedLogin } from "./types.ts";

/** Everything about one row, for its page and for the drawer beside the list. */
export function FailedLoginDetails({ row }: { row: FailedLogin }) {
  return (
    <Properties title="Details">
      <Property label="Email">
        <ExternalLink value={row.email} kind="email" />
      </Property>
      <Property label="Address">
        <LongText value={row.address} />
      </Property>
      <Property label="Blocks until">
        <DateTime value={row.blocks_until} />
      </Property>
      <Property label="Cleared">
        <DateTime value={row.cleared_at} />
      </Property>
    </Properties>
  );
}
