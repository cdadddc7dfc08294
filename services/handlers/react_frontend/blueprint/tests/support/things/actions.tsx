import { InputDialog } from "../../../src/shared/actions/InputDialog.tsx";
import type { ActionDialogProps, RowAction } from "../../../src/shared/actions/rowActions.ts";
import { TextInput } from "../../../src/shared/form/inputs.tsx";
import * as rule from "../../../src/shared/form/rules.ts";
import { type Thing, thingApi } from "./api.ts";

export function RenameDialog({ row, onDone, onCancel }: ActionDialogProps<Thing>) {
  const [rename] = thingApi.useRenameThingMutation();
  return (
    <InputDialog
      title="Rename this thing"
      submitLabel="Rename"
      blank={{ name: "" }}
      rules={{ name: [rule.required()] }}
      send={(input) => rename({ id: row.id, version: row.row_version, input }).unwrap()}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(form) => <TextInput form={form} name="name" label="New name" required />}
    </InputDialog>
  );
}

export function useThingActions(): RowAction<Thing>[] {
  const [polish] = thingApi.usePolishThingMutation();
  const [remove] = thingApi.useDeleteThingMutation();
  const [restore] = thingApi.useRestoreThingMutation();
  return [
    { operation: "update", label: "Edit", icon: "edit", to: (row) => `/things/${row.id}/edit` },
    {
      operation: "polish",
      label: "Polish",
      icon: "check",
      when: (row) => row.kind !== "square",
      run: (row) => polish({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” shines.`,
    },
    {
      operation: "rename",
      label: "Rename",
      icon: "edit",
      dialog: RenameDialog,
      done: (row) => `“${row.name}” has another name.`,
    },
    {
      operation: "delete",
      label: "Delete",
      icon: "trash",
      destructive: true,
      removes: true,
      confirm: (row) => ({ title: "Delete this thing?", body: `“${row.name}” is removed.` }),
      run: (row) => remove({ id: row.id, version: row.row_version }).unwrap(),
      done: (row) => `“${row.name}” was deleted.`,
      undo: (row) => restore({ id: row.id }).unwrap(),
    },
  ];
}
