import { defineFeature } from '../../shared/feature.js';
import { authenticate } from './auth/authenticate.js';
import { clocks } from './clocks.js';
import { defineRefreshToken, RefreshToken } from './refresh-token/model.js';
import { authenticationRoutes } from './routes.js';
import { defineSession, Session } from './session/model.js';
import { settings } from './settings.js';
import { defineUser, User } from './user/model.js';
import { userRoutes } from './user/routes.js';

export default defineFeature({
  name: 'authentication',
  identify: authenticate,
  models: [User, Session, RefreshToken],
  define(sequelize) {
    defineUser(sequelize);
    defineSession(sequelize);
    defineRefreshToken(sequelize);
  },
  routers: [authenticationRoutes, userRoutes],
  clocks,
  settings,
  constraints: {
    users_email_key: { status: 409, field: 'email', code: 'unique', message: 'Email is in use already.' },
    users_email_check: { status: 422, field: 'email', code: 'range', message: 'This value is out of its range.' },
    users_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
  },
});
