import type { Rule } from "./form/rules.ts";

/** A place on earth, in degrees. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** A place as it is typed. */
export type PlaceDraft = Record<keyof Place, string>;

export function toPlaceDraft(place: Place | null | undefined): PlaceDraft {
  return { latitude: place?.latitude.toString() ?? "", longitude: place?.longitude.toString() ?? "" };
}

export function fromPlaceDraft({ latitude, longitude }: PlaceDraft): Place | null {
  if (latitude.trim() === "" && longitude.trim() === "") return null;
  return { latitude: Number(latitude), longitude: Number(longitude) };
}

export function placeOnEarth(needed = false): Rule<PlaceDraft> {
  return (draft) => {
    if (fromPlaceDraft(draft) === null) return needed ? "This is needed." : undefined;
    const found = isWithin(draft.latitude, 90) && isWithin(draft.longitude, 180);
    return found ? undefined : "Enter a latitude from -90 to 90 and a longitude from -180 to 180.";
  };
}

function isWithin(text: string, most: number): boolean {
  return /^-?\d+(?:\.\d+)?$/u.test(text.trim()) && Math.abs(Number(text)) <= most;
}

/** "52.52° N, 13.405° E". */
export function formatPlace({ latitude, longitude }: Place): string {
  const north = `${Math.abs(latitude)}° ${latitude < 0 ? "S" : "N"}`;
  return `${north}, ${Math.abs(longitude)}° ${longitude < 0 ? "W" : "E"}`;
}
