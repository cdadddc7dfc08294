import { useState } from "react";

import type { FieldError } from "../api/errors.ts";
import type { Rules } from "./rules.ts";

export interface Form<D> {
  values: D;
  /** The first complaint about each field, the server's included. */
  errors: Partial<Record<keyof D & string, string>>;
  dirty: boolean;
  set: <K extends keyof D & string>(name: K, value: D[K]) => void;
  /** Judges one field when it is left. */
  leave: (name: keyof D & string) => void;
  /** Judges everything; true when nothing is wrong. */
  check: () => boolean;
  /** Puts what the server refused beside its fields; gives back what belongs to none. */
  refuse: (fields: FieldError[]) => FieldError[];
  /** Takes over what somebody else saved meanwhile, but for the fields that were changed here. */
  rebase: (saved: D) => void;
  /** Begins anew with what was saved here. */
  restart: (saved: D) => void;
}

/** Values, complaints and changes of a form. `D` holds what the inputs show: text for numbers, references whole. */
export function useForm<D extends object>(initial: D, rules: Rules<D>): Form<D> {
  const [values, setValues] = useState(initial);
  const [start, setStart] = useState(initial);
  const [errors, setErrors] = useState<Form<D>["errors"]>({});

  const judge = <K extends keyof D & string>(name: K): string | undefined => {
    for (const rule of rules[name] ?? []) {
      const complaint = rule(values[name]);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };

  return {
    values,
    errors,
    dirty: JSON.stringify(values) !== JSON.stringify(start),
    set: (name, value) => {
      setValues((current) => ({ ...current, [name]: value }));
      setErrors((current) => ({ ...current, [name]: undefined }));
    },
    leave: (name) => {
      const complaint = judge(name);
      setErrors((current) => ({ ...current, [name]: complaint ?? current[name] }));
    },
    check: () => {
      const found: Form<D>["errors"] = {};
      for (const name of Object.keys(values) as (keyof D & string)[]) {
        const complaint = judge(name);
        if (complaint !== undefined) found[name] = complaint;
      }
      setErrors(found);
      return Object.keys(found).length === 0;
    },
    refuse: (fields) => {
      const found: Form<D>["errors"] = {};
      const homeless: FieldError[] = [];
      for (const refused of fields) {
        // `roles.0` is told at `roles`.
        const name = refused.field.split(/[.[]/u)[0] ?? "";
        if (Object.hasOwn(values, name)) found[name as keyof D & string] ??= refused.message;
        else homeless.push(refused);
      }
      setErrors(found);
      return homeless;
    },
    rebase: (saved) => {
      setValues({ ...saved, ...changesOf(start, values) });
      setStart(saved);
      setErrors({});
    },
    restart: (saved) => {
      setValues(saved);
      setStart(saved);
      setErrors({});
    },
  };
}

/** The members of an input that differ from what was loaded; only these are sent. */
export function changesOf<I extends object>(before: I, after: I): Partial<I> {
  const names = (Object.keys(after) as (keyof I)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return Object.fromEntries(names.map((name) => [name, after[name]])) as Partial<I>;
}

/**
 * What is sent for a new row: members that were left empty, and perhaps never shown, are for the server to fill.
 * So is the default of those in `withheld`, which only some people may write.
 */
export function withoutBlanks<I extends object>(input: I, blank: I, withheld: readonly (keyof I)[] = []): I {
  const entries = Object.entries(input).filter(([name, value]) => {
    const member = name as keyof I;
    const untouched = withheld.includes(member) && value === blank[member];
    return !untouched && !(isBlank(value) && isBlank(blank[member]));
  });
  // Only members that may be absent were left out.
  return Object.fromEntries(entries) as I;
}

function isBlank(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
