import type { Rule } from "./form/rules.ts";

export const spanUnits = ["day", "hour", "minute"] as const;
export type Span = Record<(typeof spanUnits)[number], string>;

const simple = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:0S)?)?$/u;

/** Days, hours and minutes of `PT1H30M`; null where it has months, seconds and the like. */
export function spanOf(text: string): Span | null {
  if (text === "") return { day: "", hour: "", minute: "" };
  const [, day = "", hour = "", minute = ""] = simple.exec(text) ?? [];
  if (!simple.test(text)) return null;
  return { day, hour, minute: day + hour + minute === "" ? "0" : minute };
}

/** `PT1H30M`, as it travels; "" where nothing is entered. */
export function spanText({ day, hour, minute }: Span): string {
  const time = `${hour && `${hour}H`}${minute && `${minute}M`}`;
  const text = `${day && `${day}D`}${time && `T${time}`}`;
  return text && `P${text}`;
}

/** "1 hr 30 min", as people of this place write it. */
export function formatSpan(text: string): string {
  const span = spanOf(text);
  if (span === null) return text;
  return spanUnits
    .filter((unit) => span[unit] !== "")
    .map((unit) => new Intl.NumberFormat(undefined, { style: "unit", unit }).format(Number(span[unit])))
    .join(" ");
}

/** A span of time as it travels: `PT1H30M`. */
export function spanOfTime(): Rule<string> {
  const shape =
    /^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/u;
  return (value) => (value === "" || shape.test(value) ? undefined : "Enter a span of time, such as P1DT2H.");
}
