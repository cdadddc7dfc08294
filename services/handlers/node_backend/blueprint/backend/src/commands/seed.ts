import { seed } from '../shared/database/migrate.ts';
import { command } from './support.ts';

await command(async (database, config) => {
  await seed(database, config.databaseFolder);
  return 'The seeds are in the database.';
});
