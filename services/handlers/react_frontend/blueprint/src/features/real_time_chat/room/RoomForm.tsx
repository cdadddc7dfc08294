import { optionalText } from "../../../shared/form/convert.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { length, type Rules } from "../../../shared/form/rules.ts";
import type { Room, RoomInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
}

const rules: Rules<Draft> = {
  name: [length(1, 100)],
};

function toDraft(row: Room | undefined): Draft {
  return {
    name: row?.name ?? "",
  };
}

function toInput(draft: Draft): RoomInput {
  return {
    name: optionalText(draft.name),
  };
}

type Shared = "title" | "back" | "existing" | "create" | "update" | "submitLabel";

/** The inputs of a room, for new ones and for changes. */
export function RoomForm(props: Pick<FormViewProps<Room, Draft, RoomInput>, Shared>) {
  return (
    <FormView
      {...props}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name ?? "Room"}” was saved.`}
      next={(row) => (row === undefined ? "/rooms" : `/rooms/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" maxLength={100} />
        </>
      )}
    </FormView>
  );
}
