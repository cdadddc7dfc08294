import { flag, readSettings } from '../../shared/settings.ts';

export const settings = readSettings({
  'docs.public': flag(true),
  'docs.try': flag(true),
});
