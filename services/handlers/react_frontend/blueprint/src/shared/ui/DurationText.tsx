import { formatSpan } from "../spans.ts";
import { Text } from "./values.tsx";

export function DurationText({ value }: { value: string | null | undefined }) {
  return <Text value={value && formatSpan(value)} />;
}
