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
});
