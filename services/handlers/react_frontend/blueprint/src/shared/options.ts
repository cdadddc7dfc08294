import type { Option } from "./list/types.ts";

/** The members of a closed set as options, in the order in which their labels stand. */
export function optionsOf(labels: Record<string, string>): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
