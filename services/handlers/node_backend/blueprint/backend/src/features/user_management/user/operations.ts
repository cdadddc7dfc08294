import { createOperation, deleteOperation, listOperation, readOperation, rowOperation } from '../../../shared/actions/rows.ts';
import { permitted } from '../../../shared/policy/caller.ts';
import { optionalPassword } from '../../authentication/auth/index.ts';
import { Session } from '../../authentication/session/model.ts';
import { User } from '../../authentication/user/model.ts';
import { createUserInput, updateUserInput } from '../../authentication/user/schema.ts';
import { users } from '../../authentication/user/scope.ts';

const rolesJoin = { table: 'users_roles', near: 'user_id', far: 'role_id' };

export const listUsers = listOperation({ name: 'User.list', source: users, by: (caller) => caller.can('users.read') });

export const readUser = readOperation({ name: 'User.read', source: users, by: (caller) => caller.can('users.read') });

export const createUser = createOperation({
  name: 'User.create',
  source: users,
  path: '/api/users',
  by: (caller) => caller.can('users.manage'),
  input: createUserInput,
  async run(unit, input) {
    permitted(unit.caller, { roles: unit.caller.can('roles.manage') }, input);
    await unit.refer(users, { roles: input.roles });
    const row = await unit.insert(User, {
      email: input.email,
      name: input.name,
      password_hash: await optionalPassword(input.password),
    });
    await unit.link(row, 'roles', rolesJoin, input.roles);
    return row;
  },
});

export const updateUser = rowOperation({
  name: 'User.update',
  source: users,
  model: User,
  rule: 'update',
  event: 'updated',
  by: (caller) => caller.can('users.manage'),
  input: updateUserInput,
  async run(unit, row, input) {
    permitted(unit.caller, { roles: unit.caller.can('roles.manage') }, input);
    await unit.refer(users, { roles: input.roles });
    await unit.set(row, {
      email: input.email,
      name: input.name,
      password_hash: await optionalPassword(input.password),
    });
    await unit.link(row, 'roles', rolesJoin, input.roles);
  },
});

export const deleteUser = deleteOperation({
  name: 'User.delete',
  source: users,
  model: User,
  by: (caller) => caller.can('users.manage'),
  async run(unit, row) {
    const sessionRows = await unit.find(
      Session,
      `SELECT s.id FROM sessions AS s WHERE s.user_id = this.id AND s.ended_at IS NULL`,
      row,
    );
    await unit.updateAll(sessionRows, { ended_at: unit.now });
  },
});

export const restoreUser = rowOperation({
  name: 'User.restore',
  source: users,
  model: User,
  rule: 'restore',
  event: 'restored',
  deleted: true,
  by: (caller) => caller.can('users.manage'),
  async run(unit, row) {
    await unit.set(row, { deleted_at: null });
  },
});

export const deactivateUser = rowOperation({
  name: 'User.deactivate',
  source: users,
  model: User,
  rule: 'deactivate',
  event: 'deactivate',
  by: (caller) => caller.can('users.manage'),
  async run(unit, row) {
    await unit.set(row, { active: false });
    const sessionRows = await unit.find(
      Session,
      `SELECT s.id FROM sessions AS s WHERE s.user_id = this.id AND s.ended_at IS NULL`,
      row,
    );
    await unit.updateAll(sessionRows, { ended_at: unit.now });
  },
});

export const reactivateUser = rowOperation({
  name: 'User.reactivate',
  source: users,
  model: User,
  rule: 'reactivate',
  event: 'reactivate',
  by: (caller) => caller.can('users.manage'),
  async run(unit, row) {
    await unit.set(row, { active: true });
  },
});
