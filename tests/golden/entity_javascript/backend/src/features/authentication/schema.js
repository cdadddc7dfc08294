import { email, object, text } from '../../shared/validate.js';
import { newPassword } from './auth/index.js';

export const registerInput = object({
  email: email().required(),
  name: text(1, 120).required(),
  password: newPassword().required(),
});

export const loginInput = object({
  email: email().required(),
  password: text(1, 200).required(),
});

export const refreshInput = object({
  refresh_token: text(1, 200).allow(null),
});
