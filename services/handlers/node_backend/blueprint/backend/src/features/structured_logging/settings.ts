import { flag, oneOf, readSettings } from '../../shared/settings.ts';

export const settings = readSettings({
  'logging.level': oneOf('info', ['debug', 'info', 'warning', 'error']),
  'logging.addresses': flag(true),
});
