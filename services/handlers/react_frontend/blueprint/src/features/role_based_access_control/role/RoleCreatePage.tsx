import { useCreateRoleMutation } from "./api.ts";
import { RoleForm } from "./RoleForm.tsx";

export default function RoleCreatePage() {
  const [createRole] = useCreateRoleMutation();
  return (
    <RoleForm
      title="New role"
      back={{ to: "/roles", label: "Roles" }}
      create={(input) => createRole(input).unwrap()}
      submitLabel="Create role"
    />
  );
}
