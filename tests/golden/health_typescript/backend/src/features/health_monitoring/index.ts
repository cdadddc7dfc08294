import { defineFeature } from '../../shared/feature.ts';

export default defineFeature({
  name: 'health_monitoring',
  permissions: {
    'health.read': { title: 'See the health page', roles: ['admin'] },
  },
});
