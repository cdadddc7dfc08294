import { Router } from 'express';
import { choosePermissions, listPermissions } from './operations.ts';

export const permissionRoutes = Router();

permissionRoutes.get('/api/permissions', listPermissions);
permissionRoutes.get('/api/permissions/choices', choosePermissions);
