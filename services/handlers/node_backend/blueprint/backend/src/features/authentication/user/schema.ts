import { email, ids, object, password, text } from '../../../shared/validate.ts';
import { settings } from '../settings.ts';

export interface UserInput {
  email: string;
  name: string;
  password?: string | null;
  roles?: string[];
}

export const createUserInput = object<UserInput>({
  email: email().required(),
  name: text(1, 120).required(),
  password: password(settings['auth.password_min']).allow(null),
  roles: ids(),
});

export const updateUserInput = object<Partial<UserInput>>({
  email: email(),
  name: text(1, 120),
  password: password(settings['auth.password_min']).allow(null),
  roles: ids(),
});
