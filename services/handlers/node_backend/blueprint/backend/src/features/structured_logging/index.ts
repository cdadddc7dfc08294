import { defineFeature } from '../../shared/feature.ts';
import { settings } from './settings.ts';

export default defineFeature({
  name: 'structured_logging',
  logging: { level: settings['logging.level'], addresses: settings['logging.addresses'] },
  settings,
});
