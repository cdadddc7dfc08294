import { shown } from '../../shared/actions/asking.js';
import { action, nativeAction, query } from '../../shared/actions/operation.js';
import { anyone, ownerOf } from '../../shared/policy/caller.js';
import { hashPassword } from './auth/index.js';
import { login as authLogin } from './auth/login.js';
import { refresh as authRefresh } from './auth/refresh.js';
import { openSession } from './auth/tokens.js';
import { clearTokens, transportTokens } from './auth/transport.js';
import { loginInput, refreshInput, registerInput } from './schema.js';
import { Session } from './session/model.js';
import { User } from './user/model.js';
import { users } from './user/scope.js';

export const register = action({
  name: 'register',
  secretAnswer: true,
  after: transportTokens,
  rate: { count: 10, seconds: 3600 },
  by: anyone,
  input: registerInput,
  async run(unit, input) {
    const user = await unit.create(User, {
      email: input.email,
      name: input.name,
      password_hash: await hashPassword(input.password),
    });
    const tokens = await openSession(unit, { user });
    return { user: await unit.show(users, user), tokens };
  },
});

export const login = nativeAction({
  name: 'login',
  after: transportTokens,
  rate: { count: 20, seconds: 60 },
  by: anyone,
  input: loginInput,
  async run(invocation, input) {
    const { user, tokens } = await authLogin(invocation, input);
    return { user: await shown(invocation, users, user.id), tokens };
  },
});

export const refresh = nativeAction({
  name: 'refresh',
  after: transportTokens,
  rate: { count: 60, seconds: 60 },
  by: anyone,
  input: refreshInput,
  async run(invocation, input) {
    const { tokens } = await authRefresh(invocation, input);
    return { tokens };
  },
});

export const logout = action({
  name: 'logout',
  after: clearTokens,
  by: (caller) => caller.signedIn,
  async run(unit) {
    const sessionRows = await unit.find(Session, `SELECT s.id FROM sessions AS s WHERE s.id = :sessionId`);
    await unit.updateAll(sessionRows, { ended_at: unit.now });
  },
});

export const me = query({
  name: 'me',
  by: (caller) => caller.signedIn,
  async run(invocation) {
    return { user: await shown(invocation, users, ownerOf(invocation.caller)), permissions: [...invocation.caller.permissions] };
  },
});
