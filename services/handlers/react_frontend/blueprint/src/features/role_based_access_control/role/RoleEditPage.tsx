import { useParams } from "react-router";

import { useReadRoleQuery, useUpdateRoleMutation } from "./api.ts";
import { RoleForm } from "./RoleForm.tsx";

export default function RoleEditPage() {
  const { id = "" } = useParams();
  const existing = useReadRoleQuery(id);
  const [updateRole] = useUpdateRoleMutation();
  return (
    <RoleForm
      title="Edit role"
      back={{ to: `/roles/${id}`, label: "Role" }}
      existing={existing}
      update={(change) => updateRole(change).unwrap()}
      submitLabel="Save"
    />
  );
}
