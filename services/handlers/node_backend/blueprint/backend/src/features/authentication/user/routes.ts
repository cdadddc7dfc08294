import { Router } from 'express';
import { listUserChoices } from './operations.ts';

export const userRoutes = Router();

userRoutes.get('/api/users/choices', listUserChoices);
