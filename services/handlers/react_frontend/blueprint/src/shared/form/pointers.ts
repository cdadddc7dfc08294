import type { Pointer } from "../api/types.ts";

/** What is sent of a row of any model. */
export function pointerOf(value: Pointer | null): { type: string; id: string } | null {
  return value === null ? null : { type: value.type, id: value.id };
}
