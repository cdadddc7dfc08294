import { defineFeature } from '../../shared/feature.ts';
import { authenticate } from './auth/authenticate.ts';
import { clocks } from './clocks.ts';
import { defineRefreshToken, RefreshToken } from './refresh-token/model.ts';
import { authenticationRoutes } from './routes.ts';
import { defineSession, Session } from './session/model.ts';
import { settings } from './settings.ts';
import { defineUser, User } from './user/model.ts';
import { userRoutes } from './user/routes.ts';

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
    users_active_check: { status: 422, field: 'active', code: 'range', message: 'This value is out of its range.' },
    users_last_login_at_check: { status: 422, field: 'last_login_at', code: 'range', message: 'This value is out of its range.' },
    sessions_user_id_check: { status: 422, field: 'user', code: 'range', message: 'This value is out of its range.' },
    sessions_device_check: { status: 422, field: 'device', code: 'range', message: 'This value is out of its range.' },
    sessions_address_check: { status: 422, field: 'address', code: 'range', message: 'This value is out of its range.' },
    sessions_last_used_at_check: { status: 422, field: 'last_used_at', code: 'range', message: 'This value is out of its range.' },
    sessions_expires_at_check: { status: 422, field: 'expires_at', code: 'range', message: 'This value is out of its range.' },
    sessions_ended_at_check: { status: 422, field: 'ended_at', code: 'range', message: 'This value is out of its range.' },
    refresh_tokens_session_id_check: { status: 422, field: 'session', code: 'range', message: 'This value is out of its range.' },
    refresh_tokens_replaced_by_id_check: { status: 422, field: 'replaced_by', code: 'range', message: 'This value is out of its range.' },
  },
});
