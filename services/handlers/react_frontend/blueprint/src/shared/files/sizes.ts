const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "4.2 MB", as people of this place write it. */
export function formatSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const format = new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power === 0 ? 0 : 1,
  });
  return format.format(bytes / 1024 ** power);
}

const kinds: Record<string, string> = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "application/pdf": "PDF",
  "application/zip": "ZIP",
  "text/plain": "Text",
  "text/csv": "CSV",
};

/** What people call a type; the part after the slash where they have no word for it. */
export function formatType(type: string): string {
  return kinds[type] ?? type.replace(/^[^/]*\/(?:x-)?/u, "");
}

/** What may be sent, from the server's settings: types parted by spaces, and megabytes. */
export function limitsOf(types: string, megabytes: number): string {
  return `${formatTypes(types.split(/\s+/u).filter((type) => type !== ""))}, up to ${formatSize(megabytes * 1024 ** 2)} each`;
}

/** "PNG, JPEG or PDF". */
export function formatTypes(types: string[]): string {
  return new Intl.ListFormat(undefined, { type: "disjunction" }).format(types.map(formatType));
}
