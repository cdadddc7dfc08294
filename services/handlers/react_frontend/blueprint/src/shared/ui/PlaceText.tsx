import { formatPlace, type Place } from "../places.ts";
import { Text } from "./values.tsx";

export function PlaceText({ value }: { value: Place | null | undefined }) {
  return <Text value={value && formatPlace(value)} />;
}
