import { CodeInput } from "./CodeInput.tsx";
import type { InputProps } from "./inputs.tsx";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

function labelOf(zone: string): string {
  return zone.replaceAll("_", " ").replaceAll("/", " / ");
}

/** Picks a time zone by the name of its place. */
export function TimeZoneInput<D>(props: InputProps<D, string>) {
  return <CodeInput {...props} codes={zones} labelOf={labelOf} />;
}
