import { seed } from '../shared/database/migrate.ts';
import { command } from './support.ts';

await command(async (database, config) => {
  if (config.environment === 'production' && !process.argv.includes('--in-production')) {
    throw new Error('Example rows are for development. Where they are wanted in production: npm run seed -- --in-production');
  }
  await seed(database, config.databaseFolder);
  return 'The example rows are in the database, unless people had begun to work in it.';
});
