import { useCreateUserMutation } from "./api.ts";
import { UserForm } from "./UserForm.tsx";

export default function UserCreatePage() {
  const [createUser] = useCreateUserMutation();
  return (
    <UserForm
      title="New user"
      back={{ to: "/users", label: "Users" }}
      create={(input) => createUser(input).unwrap()}
      submitLabel="Create user"
    />
  );
}
