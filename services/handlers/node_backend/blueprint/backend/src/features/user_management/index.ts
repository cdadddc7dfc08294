import { defineFeature } from '../../shared/feature.ts';
import { userRoutes } from './user/routes.ts';

export default defineFeature({
  name: 'user_management',
  routers: [userRoutes],
  permissions: {
    'users.read': { title: 'See all users', roles: ['admin'] },
    'users.manage': { title: 'Create, change, deactivate and delete users', roles: ['admin'] },
  },
});
