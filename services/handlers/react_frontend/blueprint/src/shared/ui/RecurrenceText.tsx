import { formatRule } from "../recurrence.ts";
import { Text } from "./values.tsx";

export function RecurrenceText({ value }: { value: string | null | undefined }) {
  return <Text value={value && formatRule(value)} />;
}
