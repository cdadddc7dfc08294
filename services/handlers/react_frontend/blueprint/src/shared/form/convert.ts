import type { Reference } from "../api/types.ts";

/** Text fields: blank means "no value" where that is allowed. */
export function optionalText(value: string): string | null {
  return value.trim() === "" ? null : value;
}

export function optionalNumber(value: string): number | null {
  return value === "" ? null : Number(value);
}

export function idOf(value: Reference | null): string | null {
  return value?.id ?? null;
}

export function idsOf(values: Reference[]): string[] {
  return values.map((value) => value.id);
}

/** The value of `<input type="datetime-local">`, in the viewer's time zone. */
export function toLocalInput(moment: string | null): string {
  if (moment === null) return "";
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function fromLocalInput(value: string): string | null {
  return value === "" ? null : new Date(value).toISOString();
}

export function toJsonText(value: unknown): string {
  return value === null || value === undefined ? "" : JSON.stringify(value, null, 2);
}

export function fromJsonText(value: string): unknown {
  return value.trim() === "" ? null : JSON.parse(value);
}
