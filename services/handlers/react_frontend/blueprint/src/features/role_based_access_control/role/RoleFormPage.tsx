import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import type { Reference } from "../../../shared/api/types.ts";
import { idsOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView } from "../../../shared/form/FormView.tsx";
import { TextInput } from "../../../shared/form/inputs.tsx";
import { ReferencesInput } from "../../../shared/form/ReferenceInput.tsx";
import { length, required, type Rules } from "../../../shared/form/rules.ts";
import { useCreateRoleMutation, useReadRoleQuery, useUpdateRoleMutation } from "./api.ts";
import type { Role, RoleInput } from "./types.ts";

/** What the inputs show. */
interface Draft {
  name: string;
  description: string;
  permissions: Reference[];
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
  };
}

function toInput(draft: Draft): RoleInput {
  return {
    name: draft.name,
    description: optionalText(draft.description),
    permissions: idsOf(draft.permissions),
  };
}

export default function RoleFormPage() {
  const { id } = useParams();
  const existing = useReadRoleQuery(id ?? skipToken);
  const [createRole] = useCreateRoleMutation();
  const [updateRole] = useUpdateRoleMutation();

  return (
    <FormView
      title={id === undefined ? "New role" : "Edit role"}
      back={id === undefined ? { to: "/roles", label: "Roles" } : { to: `/roles/${id}`, label: "Role" }}
      existing={id === undefined ? undefined : existing}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      create={(input) => createRole(input).unwrap()}
      update={(change) => updateRole(change).unwrap()}
      submitLabel={id === undefined ? "Create role" : "Save"}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/roles" : `/roles/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="name" label="Name" required maxLength={60} />
          <TextInput form={form} name="description" label="Description" maxLength={300} />
          <ReferencesInput form={form} name="permissions" label="Permissions" collection="permissions" />
        </>
      )}
    </FormView>
  );
}
