import { idOf, optionalText } from "../../../shared/form/convert.js";
import { FormView } from "../../../shared/form/FormView.jsx";
import { TextInput } from "../../../shared/form/inputs.jsx";
import { ReferenceInput } from "../../../shared/form/ReferenceInput.jsx";
import { length, required } from "../../../shared/form/rules.js";

const rules = {
  title: [required(), length(1, 200)],
  note: [length(0, 20000)],
};

function toDraft(row) {
  return {
    title: row?.title ?? "",
    note: row?.note ?? "",
    parent: row?.parent ?? null,
  };
}

function toInput(draft) {
  return {
    title: draft.title,
    note: optionalText(draft.note),
    parent: idOf(draft.parent),
  };
}

/** The inputs of a sample, for new ones and for changes. */
export function SampleForm(props) {
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
