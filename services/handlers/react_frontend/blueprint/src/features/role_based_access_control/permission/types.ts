import type { Row } from "../../../shared/api/types.ts";

/** A row of permissions, as the API answers it. */
export interface Permission extends Row {
  key: string;
  title: string;
}
