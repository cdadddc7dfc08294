import type { Reference, Row } from "../../../shared/api/types.ts";

/** A row of memberships, as the API answers it. */
export interface Membership extends Row {
  room: Reference | null;
  user: Reference | null;
  role: "member" | "owner";
  last_read: number;
  unread?: number;
}

/** What may be written to a membership. */
export interface MembershipInput {
  user: string;
  role: "member" | "owner";
}

export const roleLabels = {
  member: "Member",
  owner: "Owner",
};
