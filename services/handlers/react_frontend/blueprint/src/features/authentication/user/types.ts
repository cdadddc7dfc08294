import type { Reference, VersionedRow } from "../../../shared/api/types.ts";

/** A row of users, as the API answers it. */
export interface User extends VersionedRow {
  email: string;
  name: string;
  active: boolean;
  last_login_at: string | null;
  email_verified: boolean;
  roles: Reference[];
}

/** What may be written to a user. */
export interface UserInput {
  email: string;
  name: string;
  password: string | null;
  roles: string[];
}
