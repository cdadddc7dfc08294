import { readSettings, whole } from '../../shared/settings.js';

export const settings = readSettings({
  'auth.access_minutes': whole(15, 1, 60),
  'auth.refresh_days': whole(7, 1, 90),
  'auth.password_min': whole(12, 10, 64),
});
