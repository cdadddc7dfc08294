import { defineFeature } from '../../shared/feature.ts';
import { defineSample, Sample } from './sample/model.ts';
import { sampleRoutes } from './sample/routes.ts';

export default defineFeature({
  name: 'domain',
  models: [Sample],
  define(sequelize) {
    defineSample(sequelize);
  },
  routers: [sampleRoutes],
  permissions: {
    'sample.manage': { title: 'Change all rows of Sample', roles: ['admin'] },
  },
});
