import type Joi from 'joi';
import { password } from '../../../shared/validate.ts';
import { settings } from '../settings.ts';

/** A password that somebody chooses: as long as the settings say. */
export function newPassword(): Joi.StringSchema {
  return password(settings['auth.password_min']);
}
