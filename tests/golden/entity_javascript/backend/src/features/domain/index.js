import { defineFeature } from '../../shared/feature.js';
import { defineSample, Sample } from './sample/model.js';
import { sampleRoutes } from './sample/routes.js';

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
