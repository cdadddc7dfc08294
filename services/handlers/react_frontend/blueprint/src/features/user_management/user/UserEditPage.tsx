import { useParams } from "react-router";

import { useReadUserQuery, useUpdateUserMutation } from "./api.ts";
import { UserForm } from "./UserForm.tsx";

export default function UserEditPage() {
  const { id = "" } = useParams();
  const existing = useReadUserQuery(id);
  const [updateUser] = useUpdateUserMutation();
  return (
    <UserForm
      title="Edit user"
      back={{ to: `/users/${id}`, label: "User" }}
      existing={existing}
      update={(change) => updateUser(change).unwrap()}
      submitLabel="Save"
    />
  );
}
