import { CodeInput } from "./CodeInput.tsx";
import type { InputProps } from "./inputs.tsx";

const codes = Intl.supportedValuesOf("currency");
const names = new Intl.DisplayNames(undefined, { type: "currency" });

function labelOf(code: string): string {
  const name = names.of(code) ?? code;
  return name === code ? code : `${code} · ${name}`;
}

/** Picks a currency, by its code or its name. */
export function CurrencyInput<D>(props: InputProps<D, string>) {
  return <CodeInput {...props} codes={codes} labelOf={labelOf} />;
}
