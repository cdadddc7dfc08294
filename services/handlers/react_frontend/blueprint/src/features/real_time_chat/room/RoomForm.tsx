import { fromJsonText, optionalText } from "../../../shared/form/convert.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { json, length, type Rules } from "../../../shared/form/rules.ts";
import type { Room, RoomInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
  members: string;
}

const rules: Rules<Draft> = {
  name: [length(1, 100)],
  members: [json()],
};

function toDraft(row: Room | undefined): Draft {
  return {
    name: row?.name ?? "",
    members: "",
  };
}

function toInput(draft: Draft): RoomInput {
  return {
    name: optionalText(draft.name),
    members: fromJsonText(draft.members) as RoomInput["members"],
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
      saved={(row) => `“${row.name ?? row.id}” was saved.`}
      next={(row) => (row === undefined ? "/rooms" : `/rooms/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" maxLength={100} />
          <TextInput form={form} name="members" label="Members" multiline />
        </>
      )}
    </FormView>
  );
}
