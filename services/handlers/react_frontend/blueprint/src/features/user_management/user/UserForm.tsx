import type { Reference } from "../../../shared/api/types.ts";
import { idsOf, optionalText } from "../../../shared/form/convert.ts";
import { FormView, type FormViewProps } from "../../../shared/form/FormView.tsx";
import { PasswordInput, TextInput } from "../../../shared/form/inputs.tsx";
import { ReferencesInput } from "../../../shared/form/ReferenceInput.tsx";
import { emailAddress, length, required, type Rules } from "../../../shared/form/rules.ts";
import { useVisitor } from "../../../shared/session/useVisitor.ts";
import type { User, UserInput } from "../../authentication/user/types.ts";

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

type Shared = "title" | "back" | "existing" | "create" | "update" | "submitLabel";

/** The inputs of a user, for new ones and for changes. */
export function UserForm(props: Pick<FormViewProps<User, Draft, UserInput>, Shared>) {
  const visitor = useVisitor();
  const { existing } = props;
  return (
    <FormView
      {...props}
      toDraft={toDraft}
      toInput={toInput}
      rules={rules}
      saved={(row) => `“${row.name}” was saved.`}
      next={(row) => (row === undefined ? "/users" : `/users/${row.id}`)}
    >
      {(form) => (
        <>
          <TextInput form={form} name="email" label="Email" required type="email" />
          <TextInput form={form} name="name" label="Name" required maxLength={120} />
          <PasswordInput
            form={form}
            name="password"
            label="Password"
            {...(existing === undefined ? {} : { hint: "Leave it empty to keep what is stored." })}
            autoComplete="new-password"
          />
          {visitor.can("roles.manage") && (
            <ReferencesInput form={form} name="roles" label="Roles" collection="roles" />
          )}
        </>
      )}
    </FormView>
  );
}
