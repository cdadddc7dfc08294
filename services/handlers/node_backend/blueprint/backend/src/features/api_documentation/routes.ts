import { Router } from 'express';
import { openapi, publicSettings } from './operations.ts';

export const apiDocumentationRoutes = Router();

apiDocumentationRoutes.get('/api/openapi', openapi);
apiDocumentationRoutes.get('/api/public-settings', publicSettings);
