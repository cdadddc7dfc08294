import { Router } from 'express';
import { chooseRoles, createRole, deleteRole, listRoles, readRole, updateRole } from './operations.ts';

export const roleRoutes = Router();

roleRoutes.get('/api/roles', listRoles);
roleRoutes.post('/api/roles', createRole);
roleRoutes.get('/api/roles/choices', chooseRoles);
roleRoutes.get('/api/roles/:id', readRole);
roleRoutes.patch('/api/roles/:id', updateRole);
roleRoutes.delete('/api/roles/:id', deleteRole);
