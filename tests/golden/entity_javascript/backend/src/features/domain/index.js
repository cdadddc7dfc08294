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
  constraints: {
    samples_title_check: { status: 422, field: 'title', code: 'range', message: 'This value is out of its range.' },
    samples_note_check: { status: 422, field: 'note', code: 'range', message: 'This value is out of its range.' },
    samples_parent_id_fkey: {
      status: 409,
      field: 'parent',
      code: 'reference',
      message: 'This does not exist, or something else still refers to it.',
    },
  },
});
