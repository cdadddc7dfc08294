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
});
