import { email, object, password, text } from '../../shared/validate.js';
import { settings } from './settings.js';

export const registerInput = object({
  email: email().required(),
  name: text(1, 120).required(),
  password: password(settings['auth.password_min']).required(),
});

export const loginInput = object({
  email: email().required(),
  password: text(1, 200).required(),
});

export const refreshInput = object({
  refresh_token: text(1, 200).allow(null),
});
