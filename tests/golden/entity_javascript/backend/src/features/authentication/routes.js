import { Router } from 'express';
import { login, logout, me, refresh, register } from './operations.js';

export const authenticationRoutes = Router();

authenticationRoutes.post('/api/register', register);
authenticationRoutes.post('/api/login', login);
authenticationRoutes.post('/api/refresh', refresh);
authenticationRoutes.post('/api/logout', logout);
authenticationRoutes.get('/api/me', me);
