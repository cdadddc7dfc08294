/** Judges one value: a sentence for the person, or undefined when it is fine. */
export type Rule<V> = (value: V) => string | undefined;

export type Rules<D> = { [K in keyof D]?: Rule<D[K]>[] };

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export function required(message = "This is needed."): Rule<unknown> {
  return (value) =>
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
      ? message
      : undefined;
}

/** Length in characters as the server counts them; an empty text is judged by `required` alone. */
export function length(least: number, most: number): Rule<string> {
  return (value) => {
    const size = [...value].length;
    if (size === 0) return undefined;
    if (size < least) return `Use at least ${least} characters.`;
    return size > most ? `Use at most ${most} characters.` : undefined;
  };
}

export function emailAddress(): Rule<string> {
  return (value) => (value === "" || email.test(value) ? undefined : "Enter an e-mail address.");
}

export function webAddress(): Rule<string> {
  return (value) =>
    value === "" || (/^https?:\/\//iu.test(value) && URL.canParse(value))
      ? undefined
      : "Enter an address that starts with https://.";
}

export function pattern(expression: RegExp, message: string): Rule<string> {
  return (value) => (value === "" || expression.test(value) ? undefined : message);
}

export function wholeNumber(least: number, most: number): Rule<string> {
  return (value) => {
    if (value === "") return undefined;
    const number = Number(value);
    if (!/^-?\d+$/u.test(value) || !Number.isSafeInteger(number)) return "Enter a whole number.";
    if (number < least) return `Enter ${least} or more.`;
    return number > most ? `Enter ${most} or less.` : undefined;
  };
}

/** An exact decimal with at most `scale` digits after the point; it travels as the text that it is, never as a float. */
export function decimalNumber(
  precision: number,
  scale: number,
  least = -Infinity,
  most = Infinity,
): Rule<string> {
  const shape = new RegExp(`^-?\\d{1,${precision - scale}}(\\.\\d{1,${scale}})?$`, "u");
  return (value) => {
    if (value === "") return undefined;
    if (!shape.test(value)) return `Enter a number with at most ${scale} digits after the point.`;
    if (Number(value) < least) return `Enter ${least} or more.`;
    return Number(value) > most ? `Enter ${most} or less.` : undefined;
  };
}

/** What is wrong with each member, the first complaint of each. */
export function complaintsOf<D extends object>(
  rules: Rules<D>,
  values: D,
): Partial<Record<keyof D & string, string>> {
  const found: Partial<Record<keyof D & string, string>> = {};
  for (const name of Object.keys(values) as (keyof D & string)[]) {
    for (const rule of rules[name] ?? []) found[name] ??= rule(values[name]);
    if (found[name] === undefined) delete found[name];
  }
  return found;
}

/** Lines of several inputs: how many there may be, and each of them. */
export function lines<L extends object>(rules: Rules<L>, least: number, most: number): Rule<L[]> {
  return (value) => {
    if (value.length < least) return least === 1 ? "This is needed." : `Enter at least ${least} lines.`;
    if (value.length > most) return `Enter at most ${most} lines.`;
    const wrong = value.some((line) => Object.keys(complaintsOf(rules, line)).length > 0);
    return wrong ? "Some lines need your attention." : undefined;
  };
}

export function json(): Rule<string> {
  return (value) => {
    if (value.trim() === "") return undefined;
    try {
      JSON.parse(value);
      return undefined;
    } catch {
      return "This is not valid JSON.";
    }
  };
}
