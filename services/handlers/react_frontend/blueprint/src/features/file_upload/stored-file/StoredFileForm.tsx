import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { CheckboxInput, TextInput } from "../../../shared/form/inputs.tsx";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import type { StoredFile, StoredFileInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
  pinned: boolean;
}

const rules: Rules<Draft> = {
  name: [required(), length(1, 255)],
};

function toDraft(row: StoredFile | undefined): Draft {
  return {
    name: row?.name ?? "",
    pinned: row?.pinned ?? false,
  };
}

function toInput(draft: Draft): StoredFileInput {
  return {
    name: draft.name,
    pinned: draft.pinned,
  };
}

type Shared = "title" | "back" | "existing" | "create" | "update" | "submitLabel";

/** The inputs of a stored file, for new ones and for changes. */
export function StoredFileForm(props: Pick<FormViewProps<StoredFile, Draft, StoredFileInput>, Shared>) {
  return (
    <FormView
      {...props}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/stored-files" : `/stored-files/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" required maxLength={255} />
          <CheckboxInput form={form} name="pinned" label="Pinned" />
        </>
      )}
    </FormView>
  );
}
