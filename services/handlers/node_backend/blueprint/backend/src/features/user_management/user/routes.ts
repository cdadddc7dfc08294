import { Router } from 'express';
import {
  createUser,
  deactivateUser,
  deleteUser,
  listUsers,
  reactivateUser,
  readUser,
  restoreUser,
  updateUser,
} from './operations.ts';

export const userRoutes = Router();

userRoutes.get('/api/users', listUsers);
userRoutes.post('/api/users', createUser);
userRoutes.get('/api/users/:id', readUser);
userRoutes.patch('/api/users/:id', updateUser);
userRoutes.delete('/api/users/:id', deleteUser);
userRoutes.post('/api/users/:id/restore', restoreUser);
userRoutes.post('/api/users/:id/deactivate', deactivateUser);
userRoutes.post('/api/users/:id/reactivate', reactivateUser);
