import { InputDialog } from "../../shared/actions/InputDialog.tsx";
import type { ActionDialogProps } from "../../shared/actions/rowActions.ts";
import { TextInput } from "../../shared/form/inputs.tsx";
import { length, required, type Rules } from "../../shared/form/rules.ts";
import { useUpdateStoredFileMutation } from "./stored-file/api.ts";
import type { StoredFile } from "./stored-file/types.ts";

interface Draft {
  name: string;
}

const rules: Rules<Draft> = { name: [required(), length(1, 255)] };

export function RenameDialog({ row, onDone, onCancel }: ActionDialogProps<StoredFile>) {
  const [update] = useUpdateStoredFileMutation();
  return (
    <InputDialog
      title="Rename this file"
      submitLabel="Rename"
      blank={{ name: row.name }}
      rules={rules}
      send={(changes) => update({ id: row.id, version: row.row_version, changes }).unwrap()}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(form) => <TextInput form={form} name="name" label="Name" required maxLength={255} />}
    </InputDialog>
  );
}
