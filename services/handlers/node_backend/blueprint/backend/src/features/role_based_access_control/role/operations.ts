import {
  choicesOperation,
  createOperation,
  deleteOperation,
  listOperation,
  readOperation,
  rowOperation,
} from '../../../shared/actions/operation.ts';
import { Role } from './model.ts';
import { createRoleInput, updateRoleInput } from './schema.ts';
import { roles } from './scope.ts';

const permissionsJoin = { table: 'role_permissions', near: 'role_id', far: 'permission_id' };

export const listRoles = listOperation({ name: 'Role.list', source: roles, by: (caller) => caller.can('roles.read') });

export const createRole = createOperation({
  name: 'Role.create',
  source: roles,
  path: '/api/roles',
  by: (caller) => caller.can('roles.manage'),
  input: createRoleInput,
  async run(unit, input) {
    await unit.refer(roles, { permissions: input.permissions });
    const row = await unit.insert(Role, { name: input.name, description: input.description });
    await unit.link(row, 'permissions', permissionsJoin, input.permissions);
    return row;
  },
});

export const listRoleChoices = choicesOperation({ name: 'Role.choices', source: roles, by: (caller) => caller.signedIn });

export const readRole = readOperation({ name: 'Role.read', source: roles, by: (caller) => caller.can('roles.read') });

export const updateRole = rowOperation({
  name: 'Role.update',
  source: roles,
  model: Role,
  rule: 'update',
  event: 'updated',
  by: (caller) => caller.can('roles.manage'),
  input: updateRoleInput,
  async run(unit, row, input) {
    await unit.refer(roles, { permissions: input.permissions });
    await unit.set(row, { name: input.name, description: input.description });
    await unit.link(row, 'permissions', permissionsJoin, input.permissions);
  },
});

export const deleteRole = deleteOperation({
  name: 'Role.delete',
  source: roles,
  model: Role,
  by: (caller) => caller.can('roles.manage'),
});
