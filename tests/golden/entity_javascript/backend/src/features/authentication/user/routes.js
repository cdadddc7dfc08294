import { Router } from 'express';
import { chooseUsers } from './operations.js';

export const userRoutes = Router();

userRoutes.get('/api/users/choices', chooseUsers);
