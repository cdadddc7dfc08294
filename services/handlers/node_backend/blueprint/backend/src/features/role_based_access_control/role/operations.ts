import {
  choicesOperation,
  createOperation,
  deleteOperation,
  listOperation,
  readOperation,
  rowOperation,
} from '../../../shared/actions/rows.ts';
import { Role } from './model.ts';
import { createRoleInput, updateRoleInput } from './schema.ts';
import { roles } from './scope.ts';

const permissionsJoin = { table: 'roles_permissions', near: 'role_id', far: 'permission_id' };
const usersJoin = { table: 'users_roles', near: 'role_id', far: 'user_id' };

export const listRoles = listOperation({ name: 'Role.list', source: roles, by: (caller) => caller.can('roles.read') });

export const readRole = readOperation({ name: 'Role.read', source: roles, by: (caller) => caller.can('roles.read') });

export const createRole = createOperation({
  name: 'Role.create',
  source: roles,
  path: '/api/roles',
  by: (caller) => caller.can('roles.manage'),
  input: createRoleInput,
  async run(unit, input) {
    await unit.refer(roles, { permissions: input.permissions, users: input.users });
    const row = await unit.insert(Role, { name: input.name, description: input.description });
    await unit.link(row, 'permissions', permissionsJoin, input.permissions);
    await unit.link(row, 'users', usersJoin, input.users);
    return row;
  },
});

export const updateRole = rowOperation({
  name: 'Role.update',
  source: roles,
  model: Role,
  rule: 'update',
  event: 'updated',
  by: (caller) => caller.can('roles.manage'),
  input: updateRoleInput,
  async run(unit, row, input) {
    await unit.refer(roles, { permissions: input.permissions, users: input.users });
    await unit.set(row, { name: input.name, description: input.description });
    await unit.link(row, 'permissions', permissionsJoin, input.permissions);
    await unit.link(row, 'users', usersJoin, input.users);
  },
});

export const deleteRole = deleteOperation({
  name: 'Role.delete',
  source: roles,
  model: Role,
  by: (caller) => caller.can('roles.manage'),
});

export const chooseRoles = choicesOperation({ name: 'Role.choices', source: roles, by: (caller) => caller.signedIn });
