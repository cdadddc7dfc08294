import { defineFeature } from '../../shared/feature.ts';
import { definePermission, Permission } from './permission/model.ts';
import { permissionRoutes } from './permission/routes.ts';
import { defineRole, Role } from './role/model.ts';
import { roleRoutes } from './role/routes.ts';

export default defineFeature({
  name: 'role_based_access_control',
  models: [Permission, Role],
  define(sequelize) {
    definePermission(sequelize);
    defineRole(sequelize);
  },
  routers: [permissionRoutes, roleRoutes],
  permissions: {
    'roles.read': { title: 'See roles', roles: ['admin'] },
    'roles.manage': { title: 'Change roles and who holds them', roles: ['admin'] },
  },
  constraints: {
    roles_name_key: { status: 409, field: 'name', code: 'unique', message: 'This name is in use already.' },
    roles_frozen: { status: 409, message: 'A built-in role cannot be renamed or deleted.' },
    roles_admins_check: { status: 409, message: 'One active administrator must remain.' },
  },
});
