import { defineFeature } from '../../shared/feature.ts';
import { authenticate } from './auth/authenticate.ts';
import { clocks } from './clocks.ts';
import { defineRefreshToken, RefreshToken } from './refresh-token/model.ts';
import { authenticationRoutes } from './routes.ts';
import { defineSession, Session } from './session/model.ts';
import { settings } from './settings.ts';
import { defineUser, User } from './user/model.ts';

export default defineFeature({
  name: 'authentication',
  identify: authenticate,
  models: [User, Session, RefreshToken],
  define(sequelize) {
    defineUser(sequelize);
    defineSession(sequelize);
    defineRefreshToken(sequelize);
  },
  routers: [authenticationRoutes],
  clocks,
  settings,
  constraints: {
    users_email_key: { status: 409, field: 'email', code: 'unique', message: 'Email is in use already.' },
    users_email_check: { status: 422, field: 'email', code: 'range', message: 'This value is out of its range.' },
    users_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
  },
});
