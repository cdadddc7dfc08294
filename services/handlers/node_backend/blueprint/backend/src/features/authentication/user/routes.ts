import { Router } from 'express';
import { userChoices } from './operations.ts';

export const userRoutes = Router();

userRoutes.get('/api/users/choices', userChoices);
