import type { ComponentType } from "react";

import type { Rules } from "../form/rules.ts";
import type { Form } from "../form/useForm.ts";

/** How a row is entered where it stands in another one's page: what the inputs show, and what travels. */
export interface Entry<R, D extends object, I extends object> {
  toDraft: (row: R | undefined) => D;
  toInput: (draft: D) => I;
  rules: Rules<D>;
  /** Members whose default is left to the server: not everybody may send it. */
  withheld?: readonly (keyof I)[];
  Inputs: ComponentType<{ form: Form<D>; existing: R | undefined }>;
}
