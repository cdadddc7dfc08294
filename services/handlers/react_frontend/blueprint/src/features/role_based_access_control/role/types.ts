import type { Reference, VersionedRow } from "../../../shared/api/types.ts";

/** A row of roles, as the API answers it. */
export interface Role extends VersionedRow {
  name: string;
  description: string | null;
  builtin: boolean;
  permissions: Reference[];
  users: Reference[];
}

/** What may be written to a role. */
export interface RoleInput {
  name: string;
  description: string | null;
  permissions: string[];
  users: string[];
}
