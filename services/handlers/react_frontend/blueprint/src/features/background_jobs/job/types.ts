import type { Row } from "../../../shared/api/types.ts";

/** A row of jobs, as the API answers it. */
export interface Job extends Row {
  name: string;
  key: string;
  state: "waiting" | "running" | "done" | "dead" | "cancelled";
  attempts: number;
  last_error: string | null;
  run_at: string;
  finished_at: string | null;
}

export const stateLabels = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  dead: "Dead",
  cancelled: "Cancelled",
};
