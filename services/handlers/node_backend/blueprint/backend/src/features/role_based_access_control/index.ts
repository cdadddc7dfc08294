import { defineFeature } from '../../shared/feature.ts';
import { definePermission, Permission } from './permission/model.ts';
import { permissionRoutes } from './permission/routes.ts';
import { defineRole, Role } from './role/model.ts';
import { roleRoutes } from './role/routes.ts';

export default defineFeature({
  name: 'role_based_access_control',
  models: [Role, Permission],
  define(sequelize) {
    defineRole(sequelize);
    definePermission(sequelize);
  },
  routers: [roleRoutes, permissionRoutes],
  permissions: {
    'roles.read': { title: 'See roles', roles: ['admin'] },
    'roles.manage': { title: 'Change roles and who holds them', roles: ['admin'] },
  },
  constraints: {
    roles_name_check: { status: 422, field: 'name', code: 'range', message: 'This value is out of its range.' },
    roles_description_check: { status: 422, field: 'description', code: 'range', message: 'This value is out of its range.' },
    roles_name_key: { status: 409, field: 'name', code: 'unique', message: 'There is already a role with this name.' },
    roles_frozen: { status: 409, message: 'A built-in role cannot be renamed or deleted.' },
    roles_keys_rule: { status: 409, message: 'The administrator keeps the right to see and change roles.' },
    roles_admins_rule: { status: 409, message: 'One active administrator must remain.' },
    permissions_key_key: { status: 409, field: 'key', code: 'unique', message: 'Key is in use already.' },
    permissions_key_check: { status: 422, field: 'key', code: 'range', message: 'This value is out of its range.' },
    permissions_title_check: { status: 422, field: 'title', code: 'range', message: 'This value is out of its range.' },
  },
});
