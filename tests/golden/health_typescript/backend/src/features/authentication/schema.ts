import { email, object, text } from '../../shared/validate.ts';
import { newPassword } from './auth/index.ts';

export interface RegisterInput {
  email: string;
  name: string;
  password: string;
}

export const registerInput = object<RegisterInput>({
  email: email().required(),
  name: text(1, 120).required(),
  password: newPassword().required(),
});

export interface LoginInput {
  email: string;
  password: string;
}

export const loginInput = object<LoginInput>({
  email: email().required(),
  password: text(1, 200).required(),
});

export interface RefreshInput {
  refresh_token?: string | null;
}

export const refreshInput = object<RefreshInput>({
  refresh_token: text(1, 200).allow(null),
});
