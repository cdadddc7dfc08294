import { choicesOperation, listOperation } from '../../../shared/actions/rows.ts';
import { permissions } from './scope.ts';

export const listPermissions = listOperation({
  name: 'Permission.list',
  source: permissions,
  by: (caller) => caller.can('roles.read'),
});

export const choosePermissions = choicesOperation({
  name: 'Permission.choices',
  source: permissions,
  by: (caller) => caller.can('roles.read'),
});
