import { Router } from 'express';
import { openapi } from './operations.ts';

export const apiDocumentationRoutes = Router();

apiDocumentationRoutes.get('/api/openapi', openapi);
