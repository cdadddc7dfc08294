import { defineFeature } from '../../shared/feature.ts';
import { apiDocumentationRoutes } from './routes.ts';
import { settings } from './settings.ts';

export default defineFeature({
  name: 'api_documentation',
  routers: [apiDocumentationRoutes],
  settings,
});
