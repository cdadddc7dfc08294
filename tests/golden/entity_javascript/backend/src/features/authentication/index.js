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
});
