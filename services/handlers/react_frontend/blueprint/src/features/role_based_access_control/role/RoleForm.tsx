import type { Reference } from "../../../shared/api/types.ts";
import { idsOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { ReferencesInput } from "../../../shared/form/ReferenceInput.tsx";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import type { Role, RoleInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
  description: string;
  permissions: Reference[];
  users: Reference[];
}

const rules: Rules<Draft> = {
  name: [required(), length(1, 60)],
  description: [length(0, 300)],
};

function toDraft(row: Role | undefined): Draft {
  return {
    name: row?.name ?? "",
    description: row?.description ?? "",
    permissions: row?.permissions ?? [],
    users: row?.users ?? [],
  };
}

function toInput(draft: Draft): RoleInput {
  return {
    name: draft.name,
    description: optionalText(draft.description),
    permissions: idsOf(draft.permissions),
    users: idsOf(draft.users),
  };
}

type Shared = "title" | "back" | "existing" | "create" | "update" | "submitLabel";

/** The inputs of a role, for new ones and for changes. */
export function RoleForm(props: Pick<FormViewProps<Role, Draft, RoleInput>, Shared>) {
  return (
    <FormView
      {...props}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/roles" : `/roles/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" required maxLength={60} />
          <TextInput form={form} name="description" label="Description" maxLength={300} />
          <ReferencesInput form={form} name="permissions" label="Permissions" collection="permissions" />
          <ReferencesInput form={form} name="users" label="Users" collection="users" />
        </>
      )}
    </FormView>
  );
}
