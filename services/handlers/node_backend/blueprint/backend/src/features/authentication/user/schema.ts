import { email, ids, object, text } from '../../../shared/validate.ts';
import { newPassword } from '../auth/index.ts';

export interface UserInput {
  email: string;
  name: string;
  password?: string | null;
  roles?: string[];
}

export const createUserInput = object<UserInput>({
  email: email().required(),
  name: text(1, 120).required(),
  password: newPassword().allow(null),
  roles: ids(),
});

export const updateUserInput = object<Partial<UserInput>>({
  email: email(),
  name: text(1, 120),
  password: newPassword().allow(null),
  roles: ids(),
});
