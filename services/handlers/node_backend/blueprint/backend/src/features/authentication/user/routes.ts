import { Router } from 'express';
import { chooseUsers } from './operations.ts';

export const userRoutes = Router();

userRoutes.get('/api/users/choices', chooseUsers);
