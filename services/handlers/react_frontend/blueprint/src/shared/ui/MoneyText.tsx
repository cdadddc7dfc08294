import { NumberText } from "./values.tsx";

interface MoneyTextProps {
  value: string | null | undefined;
  /** Its code, such as "EUR"; without one the amount stands alone. */
  currency: string | null | undefined;
}

/** An exact amount in its currency. */
export function MoneyText({ value, currency }: MoneyTextProps) {
  return <NumberText value={value && currency ? formatMoney(value, currency) : value} />;
}

/** An exact amount with its currency: "€12.50"; no digit of it is lost. */
function formatMoney(amount: string, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: "currency", currency, maximumFractionDigits: 20 });
  return format.format(amount as Intl.StringNumericLiteral);
}
