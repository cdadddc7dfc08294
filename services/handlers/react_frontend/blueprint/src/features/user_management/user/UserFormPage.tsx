import { skipToken } from "@reduxjs/toolkit/query/react";
import { useParams } from "react-router";

import type { Reference } from "../../../shared/api/types.ts";
import { idsOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView } from "../../../shared/form/FormView.tsx";
import { PasswordInput, TextInput } from "../../../shared/form/inputs.tsx";
import { ReferencesInput } from "../../../shared/form/ReferenceInput.tsx";
import { emailAddress, length, required, type Rules } from "../../../shared/form/rules.ts";
import { useVisitor } from "../../../shared/session/useVisitor.ts";
import type { User, UserInput } from "../../authentication/user/types.ts";
import { useCreateUserMutation, useReadUserQuery, useUpdateUserMutation } from "./api.ts";

/** What the inputs show. */
interface Draft {
  email: string;
  name: string;
  password: string;
  roles: Reference[];
}

const rules: Rules<Draft> = {
  email: [required(), emailAddress()],
  name: [required(), length(1, 120)],
};

function toDraft(row: User | undefined): Draft {
  return {
    email: row?.email ?? "",
    name: row?.name ?? "",
    password: "",
    roles: row?.roles ?? [],
  };
}

function toInput(draft: Draft): UserInput {
  return {
    email: draft.email,
    name: draft.name,
    password: optionalText(draft.password),
    roles: idsOf(draft.roles),
  };
}

export default function UserFormPage() {
  const { id } = useParams();
  const visitor = useVisitor();
  const existing = useReadUserQuery(id ?? skipToken);
  const [createUser] = useCreateUserMutation();
  const [updateUser] = useUpdateUserMutation();

  return (
    <FormView
      title={id === undefined ? "New user" : "Edit user"}
      back={id === undefined ? { to: "/users", label: "Users" } : { to: `/users/${id}`, label: "User" }}
      existing={id === undefined ? undefined : existing}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      create={(input) => createUser(input).unwrap()}
      update={(change) => updateUser(change).unwrap()}
      submitLabel={id === undefined ? "Create user" : "Save"}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/users" : `/users/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="email" label="Email" type="email" required />
          <TextInput form={form} name="name" label="Name" required maxLength={120} />
          <PasswordInput
            form={form}
            name="password"
            label="Password"
            autoComplete="new-password"
            {...(id === undefined ? {} : { hint: "Leave it empty to keep the present one." })}
          />
          {visitor.can("roles.manage") && (
            <ReferencesInput form={form} name="roles" label="Roles" collection="roles" />
          )}
        </>
      )}
    </FormView>
  );
}
