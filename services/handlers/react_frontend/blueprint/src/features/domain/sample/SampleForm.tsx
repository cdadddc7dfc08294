import type { Reference } from "../../../shared/api/types.ts";
import { idOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { ReferenceInput } from "../../../shared/form/ReferenceInput.tsx";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import type { Sample, SampleInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  title: string;
  note: string;
  parent: Reference | null;
}

const rules: Rules<Draft> = {
  title: [required(), length(1, 200)],
  note: [length(0, 20000)],
};

function toDraft(row: Sample | undefined): Draft {
  return {
    title: row?.title ?? "",
    note: row?.note ?? "",
    parent: row?.parent ?? null,
  };
}

function toInput(draft: Draft): SampleInput {
  return {
    title: draft.title,
    note: optionalText(draft.note),
    parent: idOf(draft.parent),
  };
}

type Shared = "title" | "back" | "existing" | "create" | "update" | "submitLabel";

/** The inputs of a sample, for new ones and for changes. */
export function SampleForm(props: Pick<FormViewProps<Sample, Draft, SampleInput>, Shared>) {
  return (
    <FormView
      {...props}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.title}” was saved.`}
      next={(row) => (row === undefined ? "/samples" : `/samples/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="title" label="Title" required maxLength={200} />
          <TextInput form={form} name="note" label="Note" multiline maxLength={20000} />
          <ReferenceInput form={form} name="parent" label="Parent" collection="samples" />
        </>
      )}
    </FormView>
  );
}
