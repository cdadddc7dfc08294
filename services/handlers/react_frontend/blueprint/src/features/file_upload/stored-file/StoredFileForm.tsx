import type { Pointer } from "../../../shared/api/types.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { CheckboxInput, TextInput } from "../../../shared/form/inputs.tsx";
import { PointerInput } from "../../../shared/form/PointerInput.tsx";
import { pointerOf } from "../../../shared/form/pointers.ts";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import type { StoredFile, StoredFileInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
  pinned: boolean;
  target: Pointer | null;
}

const rules: Rules<Draft> = {
  name: [required(), length(1, 255)],
};

function toDraft(row: StoredFile | undefined): Draft {
  return {
    name: row?.name ?? "",
    pinned: row?.pinned ?? false,
    target: row?.target ?? null,
  };
}

function toInput(draft: Draft): StoredFileInput {
  return {
    name: draft.name,
    pinned: draft.pinned,
    target: pointerOf(draft.target),
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
          <PointerInput
            form={form}
            name="target"
            label="Target"
            targets={[
              { type: "User", label: "User", collection: "users" },
              { type: "Room", label: "Room", collection: "rooms" },
              { type: "Membership", label: "Membership", collection: "memberships" },
              { type: "Message", label: "Message", collection: "messages" },
              { type: "Role", label: "Role", collection: "roles" },
              { type: "Sample", label: "Sample", collection: "samples" },
            ]}
          />
        </>
      )}
    </FormView>
  );
}
