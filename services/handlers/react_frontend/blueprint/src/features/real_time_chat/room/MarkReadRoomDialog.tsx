import { InputDialog } from "../../../shared/actions/InputDialog.tsx";
import type { ActionDialogProps } from "../../../shared/actions/rowActions.ts";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { required, type Rules, wholeNumber } from "../../../shared/form/rules.ts";
import { type MarkReadRoomInput, useMarkReadRoomMutation } from "./api.ts";
import type { Room } from "./types.ts";

interface Draft {
  up_to: string;
}

const blank: Draft = {
  up_to: "",
};

const rules: Rules<Draft> = {
  up_to: [required(), wholeNumber(0, 2147483647)],
};

function toInput(draft: Draft): MarkReadRoomInput {
  return {
    up_to: Number(draft.up_to),
  };
}

export function MarkReadRoomDialog({ row, onDone, onCancel }: ActionDialogProps<Room>) {
  const [markReadRoom] = useMarkReadRoomMutation();
  return (
    <InputDialog
      title="Mark read this room"
      submitLabel="Mark read"
      blank={blank}
      rules={rules}
      send={(draft) => markReadRoom({ id: row.id, version: row.row_version, input: toInput(draft) }).unwrap()}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(form) => (
        <>
          <TextInput form={form} name="up_to" label="Up to" required inputMode="numeric" />
        </>
      )}
    </InputDialog>
  );
}
