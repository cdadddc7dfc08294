import { Router } from 'express';
import { listPermissions, permissionChoices } from './operations.ts';

export const permissionRoutes = Router();

permissionRoutes.get('/api/permissions', listPermissions);
permissionRoutes.get('/api/permissions/choices', permissionChoices);
