/** Colours of series, from the theme so that they follow light and dark; each is also told apart by its words. */
const palette = ["primary", "success", "warning", "info", "error"];

export function colorOf(index: number): string {
  const name = palette[index];
  return name === undefined ? "var(--mui-palette-text-secondary)" : `var(--mui-palette-${name}-main)`;
}

/** Lines of one colour for those who tell no colours apart: each has dashes of its own. */
export function dashesOf(index: number): string | undefined {
  return [undefined, "6 4", "2 3", "10 4 2 4", "1 4", "12 4"][index];
}
